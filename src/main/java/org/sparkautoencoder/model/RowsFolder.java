package org.sparkautoencoder.model;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapred.RecordWriter;
import org.apache.hadoop.mapred.TextOutputFormat;
import org.apache.hadoop.util.Progressable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.sparkautoencoder.csv.AtomicOutput;
import org.sparkautoencoder.csv.Cells;
import scala.Tuple2;

/** Rows of any number as a folder of files, in their order; which appears completely or not at all. */
public final class RowsFolder {
    /** What the files are. */
    public enum Format {
        PARQUET,
        CSV
    }

    private final JavaSparkContext spark;
    private final Path folder;

    /**
     * A folder that is to be written.
     *
     * @throws FileAlreadyExistsException if it is there
     */
    public RowsFolder(JavaSparkContext spark, String folder) throws IOException {
        this.spark = spark;
        this.folder = new Path(folder);
        AtomicOutput.requireAbsent(this.folder, spark.hadoopConfiguration());
    }

    /**
     * Writes the folder.
     *
     * @param elementNames of the arrays in a column, for CSV
     */
    public void write(JavaRDD<Row> rows, StructType columns, Format format, Function<String, List<String>> elementNames)
            throws IOException {
        AtomicOutput.create(folder, spark.hadoopConfiguration(), (fs, temporary) -> {
            if (format == Format.PARQUET) {
                SparkSession.builder()
                        .sparkContext(spark.sc())
                        .getOrCreate()
                        .createDataFrame(rows, columns)
                        .write()
                        .parquet(temporary.toString());
            } else {
                String header = header(columns, elementNames);
                rows.mapPartitionsToPair(part -> lines(header, part))
                        .saveAsHadoopFile(temporary.toString(), NullWritable.class, Text.class, CsvFiles.class);
            }
        });
    }

    private static String header(StructType columns, Function<String, List<String>> elementNames) {
        List<String> names = new ArrayList<>();
        for (StructField field : columns.fields()) {
            if (field.dataType() instanceof ArrayType) {
                names.addAll(elementNames.apply(field.name()));
            } else {
                names.add(field.name());
            }
        }
        return names.stream().map(Cells::quoted).collect(Collectors.joining(","));
    }

    // Every file begins with the header, as every file of a data set may; one without rows has nothing else.
    private static Iterator<Tuple2<NullWritable, Text>> lines(String header, Iterator<Row> rows) {
        return new Iterator<>() {
            private boolean begun;

            @Override
            public boolean hasNext() {
                return !begun || rows.hasNext();
            }

            @Override
            public Tuple2<NullWritable, Text> next() {
                String line = begun ? line(rows.next()) : header;
                begun = true;
                return new Tuple2<>(NullWritable.get(), new Text(line));
            }
        };
    }

    private static String line(Row row) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            Object[] values = row.get(i) instanceof Object[] array ? array : new Object[] {row.get(i)};
            for (Object value : values) {
                line.append(Cells.quoted(Objects.toString(value, ""))).append(',');
            }
        }
        line.setLength(line.length() - 1);
        return line.toString();
    }

    /** Lines of text in files whose names say that they are CSV. Public, since Hadoop makes it. */
    public static final class CsvFiles extends TextOutputFormat<NullWritable, Text> {
        @Override
        public RecordWriter<NullWritable, Text> getRecordWriter(
                FileSystem ignored, JobConf job, String name, Progressable progress) throws IOException {
            return super.getRecordWriter(ignored, job, name + ".csv", progress);
        }
    }
}
