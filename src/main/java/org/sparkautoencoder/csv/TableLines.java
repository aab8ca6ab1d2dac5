package org.sparkautoencoder.csv;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.sparkautoencoder.csv.CsvSettings.FileFormat;
import scala.collection.Seq;

/**
 * The rows of parquet or libsvm files, read by Spark SQL, as lines of CSV, so that all that is done with CSV is done with them.
 * A column of vectors or arrays becomes a column for each element.
 */
final class TableLines {
    private final JavaSparkContext spark;
    private final String[] paths;
    private final List<JavaRDD<String>> files = new ArrayList<>();
    private final List<String> fileNames = new ArrayList<>();
    private DataFrameReader reader;
    private String header;

    private TableLines(JavaSparkContext spark, String[] paths) {
        this.spark = spark;
        this.paths = paths;
    }

    /**
     * Opens the files.
     *
     * @param width the number of values of a row; 0 where it is to be found
     * @throws BadInputException where Spark cannot read them, or a column holds neither numbers nor text
     */
    static TableLines open(JavaSparkContext spark, InputFiles files, FileFormat format, int width) {
        TableLines lines = new TableLines(spark, files.paths());
        String path = files.name(0);
        try {
            DataFrameReader reader = SparkSession.builder()
                    .sparkContext(spark.sc())
                    .getOrCreate()
                    .read()
                    .format(format == FileFormat.PARQUET ? "parquet" : "libsvm");
            if (format == FileFormat.LIBSVM) {
                int features = width == 0 ? features(reader.load(files.paths())) : width;
                reader = reader.option("numFeatures", String.valueOf(features));
            }
            lines.reader = reader;
            for (int file = 0; file < files.count(); file++) {
                path = files.name(file);
                lines.add(path, reader.load(files.path(file)));
            }
        } catch (BadInputException e) {
            throw e;
        } catch (Exception e) { // Spark SQL throws checked exceptions and does not declare them
            throw new BadInputException(path + " cannot be read as " + format.text() + ": " + InputFiles.reason(e), e);
        }
        return lines;
    }

    private static int features(Dataset<Row> rows) {
        return rows.select("features").first().<Vector>getAs(0).size();
    }

    private void add(String path, Dataset<Row> rows) {
        StructField[] fields = rows.schema().fields();
        int[] elements = elements(path, rows, fields);
        String names = header(fields, elements);
        if (header == null) {
            header = names;
        } else if (!header.equals(names)) {
            throw new BadInputException(path + " has other columns than the files before; give all of them the same");
        }
        fileNames.add(path);
        files.add(rows.javaRDD().map(row -> line(row, elements)));
    }

    /** The number of elements of each column; 0 for a column that is none of vectors or arrays. */
    private static int[] elements(String path, Dataset<Row> rows, StructField[] fields) {
        int[] elements = new int[fields.length];
        Row first = null;
        for (int i = 0; i < fields.length; i++) {
            DataType type = fields[i].dataType();
            if (type instanceof NumericType || type instanceof BooleanType || type instanceof StringType) {
                continue;
            }
            boolean vector = type.equals(SQLDataTypes.VectorType());
            if (!vector && !(type instanceof ArrayType array && array.elementType() instanceof NumericType)) {
                throw new BadInputException(path + ": column '" + fields[i].name() + "' is of type "
                        + type.simpleString() + "; rows are of numbers, text, vectors or arrays of numbers");
            }
            List<Row> head = first == null ? rows.takeAsList(1) : List.of(first);
            if (head.isEmpty()) {
                throw new BadInputException(path + " has no rows");
            }
            first = head.get(0);
            if (first.isNullAt(i)) {
                throw new BadInputException(path + ": the first row has nothing in column '" + fields[i].name() + "'");
            }
            elements[i] = vector
                    ? first.<Vector>getAs(i).size()
                    : first.<Seq<?>>getAs(i).size();
        }
        return elements;
    }

    private static String header(StructField[] fields, int[] elements) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < fields.length; i++) {
            if (elements[i] == 0) {
                names.add(Cells.quoted(fields[i].name()));
            }
            for (int j = 0; j < elements[i]; j++) {
                names.add(Cells.quoted(fields[i].name() + "_" + j));
            }
        }
        return String.join(",", names);
    }

    private static String line(Row row, int[] elements) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < elements.length; i++) {
            if (elements[i] == 0) {
                append(line, row.get(i));
            } else {
                appendAll(line, row.get(i), elements[i]);
            }
        }
        line.setLength(Math.max(0, line.length() - 1));
        return line.toString();
    }

    private static void appendAll(StringBuilder line, Object values, int count) {
        int size = values instanceof Vector vector ? vector.size() : values == null ? 0 : ((Seq<?>) values).size();
        for (int j = 0; j < (values == null ? count : size); j++) {
            append(
                    line,
                    values == null
                            ? null
                            : values instanceof Vector vector ? vector.apply(j) : ((Seq<?>) values).apply(j));
        }
    }

    private static void append(StringBuilder line, Object value) {
        if (value instanceof Boolean flag) {
            line.append(flag ? 1 : 0);
        } else if (value instanceof String text) {
            line.append(Cells.quoted(text));
        } else if (value != null) {
            line.append(value);
        }
        line.append(',');
    }

    /** The number of rows, which files of parquet note. */
    long rows() {
        return reader.load(paths).count();
    }

    /** The names of the columns, as a line. */
    String header() {
        return header;
    }

    /**
     * The first lines of the files.
     *
     * @throws BadInputException where a file turns out to be damaged
     */
    List<String> first(int count) {
        List<String> lines = new ArrayList<>();
        for (int file = 0; file < files.size() && lines.size() < count; file++) {
            try {
                lines.addAll(files.get(file).take(count - lines.size()));
            } catch (Exception e) { // Spark throws a checked exception and does not declare it
                throw damaged(fileNames.get(file), e);
            }
        }
        return lines;
    }

    private static BadInputException damaged(String file, Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return new BadInputException(file + " cannot be read: " + InputFiles.reason(cause), e);
    }

    /** The rows of all files. */
    JavaRDD<RowBlock> blocks(CsvDialect dialect, CsvSettings settings, ValueBounds bounds) {
        List<Integer> fileOfPartition = new ArrayList<>();
        for (int file = 0; file < files.size(); file++) {
            fileOfPartition.addAll(Collections.nCopies(files.get(file).getNumPartitions(), file));
        }
        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
        JavaRDD<String>[] all = files.toArray(new JavaRDD[0]);
        return spark.union(all)
                .mapPartitionsWithIndex(new Parsing(dialect, settings, bounds, fileOfPartition, fileNames), false);
    }

    /** Lines of rows, without a header among them, into blocks; at least one for each partition, in the order of the lines. */
    static final class Parsing implements Function2<Integer, Iterator<String>, Iterator<RowBlock>> {
        private static final long serialVersionUID = 1L;

        private final CsvDialect dialect;
        private final CsvSettings settings;
        private final ValueBounds bounds;
        private final List<Integer> files; // by partition
        private final List<String> names; // by file

        /**
         * @param files the number of the file that each partition belongs to
         * @param names of the files
         */
        Parsing(CsvDialect dialect, CsvSettings settings, ValueBounds bounds, List<Integer> files, List<String> names) {
            this.dialect = dialect;
            this.settings = settings;
            this.bounds = bounds;
            this.files = files;
            this.names = names;
        }

        @Override
        public Iterator<RowBlock> call(Integer partition, Iterator<String> lines) {
            return new Blocks(lines, files.get(partition));
        }

        private final class Blocks implements Iterator<RowBlock> {
            private final Iterator<String> lines;
            private final int file;
            private final RowParser parser = new RowParser(dialect, settings, bounds);
            private final float[] values = new float[dialect.width()];
            private boolean begun;
            private boolean ended;

            Blocks(Iterator<String> lines, int file) {
                this.lines = lines;
                this.file = file;
            }

            @Override
            public boolean hasNext() {
                return !begun || (!ended && hasLine());
            }

            // Spark reads the file when it is asked for the next line.
            private boolean hasLine() {
                try {
                    return lines.hasNext();
                } catch (Exception e) { // Spark SQL throws checked exceptions and does not declare them
                    throw damaged(names.get(file), e);
                }
            }

            private String nextLine() {
                try {
                    return lines.next();
                } catch (Exception e) { // Spark SQL throws checked exceptions and does not declare them
                    throw damaged(names.get(file), e);
                }
            }

            @Override
            public RowBlock next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                begun = true;
                RowBlock.Builder block = new RowBlock.Builder(file, dialect.width());
                while (!block.isFull() && !ended && hasLine()) {
                    byte[] line = (nextLine() + "\n").getBytes(StandardCharsets.UTF_8);
                    block.statistics().line();
                    ended = !block.take(parser, line, 0, line.length - 1, values, settings.badRows());
                }
                return block.build();
            }
        }
    }
}
