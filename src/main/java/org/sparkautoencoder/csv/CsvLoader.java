package org.sparkautoencoder.csv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/** Data sets from CSV files. */
public final class CsvLoader {
    private static final Logger LOG = LoggerFactory.getLogger(CsvLoader.class);

    private CsvLoader() {}

    /** Decides before rows are read whether there are too many of them. */
    @FunctionalInterface
    public interface SizeCheck {
        /**
         * Checks the number of rows.
         *
         * @param rows a low estimate of their number; 0 where there is none
         * @throws BadInputException if there are too many
         */
        void check(String path, long rows, int width);
    }

    /**
     * Reads the rows of the files of {@code path}, in the order of the files' paths.
     *
     * @param path a file, a folder or a glob, as path or URI of any Hadoop file system; plain or compressed (.gz, .bz2)
     * @throws BadInputException where the files or their rows cannot be used
     */
    public static LoadedRows load(JavaSparkContext spark, String path, CsvSettings settings) {
        return load(spark, path, settings, null, Classes.NONE, null);
    }

    /**
     * Reads the rows likewise, if they are not too many.
     *
     * @throws BadInputException where the files or their rows cannot be used
     */
    public static LoadedRows load(JavaSparkContext spark, String path, CsvSettings settings, SizeCheck size) {
        return load(spark, path, settings, null, Classes.NONE, size);
    }

    /**
     * Reads rows whose classes are known.
     *
     * @param classes others come after these
     * @throws BadInputException where the files or their rows cannot be used
     */
    public static LoadedRows load(JavaSparkContext spark, String path, CsvSettings settings, Classes classes) {
        return load(spark, path, settings, null, classes, null);
    }

    /**
     * Reads rows as others were read, the training rows say: the same columns, classes and scale. Classes that these have
     * besides come after them.
     *
     * @throws BadInputException where the files or their rows cannot be used
     */
    public static LoadedRows loadLike(RowSchema schema, JavaSparkContext spark, String path, CsvSettings settings) {
        return load(spark, path, settings, schema, schema.classes(), null);
    }

    /**
     * Reads rows likewise, if they are not too many.
     *
     * @throws BadInputException where the files or their rows cannot be used
     */
    public static LoadedRows loadLike(
            RowSchema schema, JavaSparkContext spark, String path, CsvSettings settings, SizeCheck size) {
        return load(spark, path, settings, schema, schema.classes(), size);
    }

    private static LoadedRows load(
            JavaSparkContext spark,
            String path,
            CsvSettings settings,
            RowSchema schema,
            Classes known,
            SizeCheck size) {
        long begin = System.nanoTime();
        Configuration conf = spark.hadoopConfiguration();
        InputFiles files = InputFiles.list(conf, path);
        CsvSettings.FileFormat format = files.format(settings.format());
        TableLines table = format == CsvSettings.FileFormat.CSV
                ? null
                : TableLines.open(spark, files, format, schema == null ? 0 : schema.width());
        FirstLines first = table == null ? FirstLines.read(files) : FirstLines.of(files.name(0), table);
        DetectedDialect found =
                DetectedDialect.detect(first, table == null ? settings : settings.withDelimiter(','), schema);
        CsvSettings reading = schema == null ? settings : likeTraining(settings, schema);
        if (size != null) {
            double used = reading.badRows() == CsvSettings.BadRows.SKIP ? 1 - reading.maxBadRows() : 1;
            long rows = (long) (used * RowEstimate.fewest(conf, files, format, table));
            size.check(path, rows, found.dialect().width());
        }
        ValueBounds bounds = schema == null ? bounds(found, settings) : ValueBounds.around(schema.scaling());
        JavaRDD<RowBlock> blocks = (table == null
                        ? parts(spark, files, settings)
                                .flatMap(new CsvParsing(
                                        found.dialect(),
                                        reading,
                                        bounds,
                                        spark.broadcast(new SerializableConfiguration(conf))))
                        : table.blocks(found.dialect(), reading, bounds))
                .setName("rows of " + path)
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            CsvSummary summary = CsvSummary.of(blocks, files, reading, bad -> advice(bad, found, reading, bounds));
            ScaleFit fit = new ScaleFit(path, summary.unchanged(), summary.total(), found.dialect());
            Scaling scaling = schema == null ? fit.fit(settings) : fit.checked(schema.scaling());
            Classes classes = known.and(summary.total().labels().keySet());
            LoadedRows loaded =
                    new LoadedRows(blocks, found, summary, classes, scaling, (System.nanoTime() - begin) / 1e9);
            LOG.debug("{}: {}", path, loaded);
            return loaded;
        } catch (RuntimeException e) {
            blocks.unpersist(false);
            throw e;
        }
    }

    private static ValueBounds bounds(DetectedDialect found, CsvSettings settings) {
        return switch (settings.scale().kind()) {
            case AUTO ->
                ScaleFit.AutoScale.bounds(
                        found.parsed(settings, ValueBounds.NONE),
                        found.dialect().percent());
            case RANGE -> ValueBounds.exactly(settings.scale().largest());
            default -> ValueBounds.NONE;
        };
    }

    // Missing values are filled as those of the training rows.
    private static CsvSettings likeTraining(CsvSettings settings, RowSchema schema) {
        return settings.withMissing(
                schema.scaling().fillsMissing() ? CsvSettings.Missing.MEAN : CsvSettings.Missing.FAIL);
    }

    private static String advice(BadRow bad, DetectedDialect found, CsvSettings settings, ValueBounds bounds) {
        if (bad.reason() == BadRow.Reason.UNREADABLE || bad.reason() == BadRow.Reason.EMPTY) {
            return "";
        }
        String range = bad.reason() == BadRow.Reason.RANGE
                ? " (the first rows have "
                        + found.parsed(settings, ValueBounds.NONE).range() + ")"
                : "";
        return range
                + (found.parsed(settings, bounds).areMostBad()
                        ? "; most rows are like that: see whether the columns are what they are taken for ("
                                + found.dialect().describe() + ")"
                        : "; correct the row, or leave bad rows out (--bad-rows skip)");
    }

    /** The parts as an RDD, each where the file system keeps its first byte. */
    private static JavaRDD<List<InputFiles.Split>> parts(
            JavaSparkContext spark, InputFiles files, CsvSettings settings) {
        List<Tuple2<List<InputFiles.Split>, Seq<String>>> placed = new ArrayList<>();
        try {
            for (List<InputFiles.Split> part : files.parts(settings.partitions(), spark.defaultParallelism())) {
                placed.add(new Tuple2<>(part, immutable(files.hosts(part.get(0)))));
            }
        } catch (IOException e) {
            throw new BadInputException(files.name(0) + " cannot be read: " + InputFiles.reason(e), e);
        }
        return JavaRDD.fromRDD(
                spark.sc().makeRDD(immutable(placed), ClassTag$.MODULE$.apply(List.class)),
                ClassTag$.MODULE$.apply(List.class));
    }

    private static <T> Seq<T> immutable(List<T> list) {
        return CollectionConverters.asScala(list).toList();
    }

    /** A low estimate of the number of rows in files, without reading them. */
    private static final class RowEstimate {
        private static final double FEW_BYTES = 1L << 26; // read as soon as estimated; CSV has 2 bytes or more a value
        private static final double FEW_BYTES_OF_PARQUET = FEW_BYTES / 4;
        private static final int SAMPLES = 16;
        private static final int LINES = 64;
        private static final double CAUTION = 1.25;
        private static final double CAUTION_AT_THE_START = 2; // of a compressed file, the only lines that are seen

        private RowEstimate() {}

        /** @param table of formats but CSV */
        static long fewest(Configuration conf, InputFiles files, CsvSettings.FileFormat format, TableLines table) {
            List<List<InputFiles.Split>> parts = files.parts(SAMPLES, 1);
            double[] bytes = parts.stream()
                    .mapToDouble(part -> part.stream()
                            .mapToDouble(split -> bytes(conf, split))
                            .sum())
                    .toArray();
            double total = Arrays.stream(bytes).sum();
            if (format == CsvSettings.FileFormat.PARQUET) {
                return total < FEW_BYTES_OF_PARQUET ? 0 : table.rows();
            }
            if (format == CsvSettings.FileFormat.CSV && total < FEW_BYTES) {
                return 0;
            }
            double rows = 0;
            for (int i = 0; i < bytes.length; i++) {
                rows += bytes[i] / bytesOfLine(conf, parts.get(i).get(0));
            }
            return (long) rows;
        }

        // Of text; a compressed file is that of less. Gzip notes the length at the end, modulo 2^32 and of its last
        // member.
        private static double bytes(Configuration conf, InputFiles.Split split) {
            if (split.end() != Long.MAX_VALUE) {
                return split.end() - split.start();
            }
            Path path = new Path(split.path());
            try {
                FileSystem fs = path.getFileSystem(conf);
                long length = fs.getFileStatus(path).getLen();
                if (!path.getName().endsWith(".gz") || length < Integer.BYTES) {
                    return length;
                }
                byte[] end = new byte[Integer.BYTES];
                try (FSDataInputStream in = fs.open(path)) {
                    in.readFully(length - end.length, end);
                }
                return Math.max(
                        length,
                        Integer.toUnsignedLong(ByteBuffer.wrap(end)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .getInt()));
            } catch (IOException e) {
                return 0; // reading it reports the error
            }
        }

        // A high estimate, of the lines at the start of a part; infinite where there are none.
        private static double bytesOfLine(Configuration conf, InputFiles.Split split) {
            int lines = 0;
            int longest = 0;
            long bytes = 0;
            try (LineReader reader = InputFiles.open(conf, split)) {
                while (lines < LINES && reader.advance() && reader.offset() < split.end()) {
                    if (!reader.isBlank() && !reader.isComment()) {
                        int length = reader.end() - reader.start() + 1;
                        longest = Math.max(longest, length);
                        bytes += length;
                        lines++;
                    }
                }
            } catch (IOException | BadInputException e) {
                return Double.POSITIVE_INFINITY; // reading it reports the error
            }
            return lines == 0
                    ? Double.POSITIVE_INFINITY
                    : split.end() == Long.MAX_VALUE ? CAUTION_AT_THE_START * longest : CAUTION * bytes / lines;
        }
    }
}
