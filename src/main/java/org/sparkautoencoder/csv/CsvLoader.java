package org.sparkautoencoder.csv;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
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

    /**
     * Reads the rows of the files of {@code path}, in the order of the files' paths.
     *
     * @param path a file, a folder or a glob, as path or URI of any Hadoop file system; plain or compressed (.gz, .bz2)
     * @throws BadInputException where the files or their rows cannot be used
     */
    public static LoadedRows load(JavaSparkContext spark, String path, CsvSettings settings) {
        return load(spark, path, settings, null);
    }

    /**
     * Reads a test set: its rows must be as wide as those of {@code train}, and have the same scale.
     *
     * @throws BadInputException where the files or their rows cannot be used
     */
    public static LoadedRows loadLike(LoadedRows train, JavaSparkContext spark, String path, CsvSettings settings) {
        return load(spark, path, settings, train.dialect());
    }

    private static LoadedRows load(JavaSparkContext spark, String path, CsvSettings settings, CsvDialect like) {
        long begin = System.nanoTime();
        Configuration conf = spark.hadoopConfiguration();
        InputFiles files = InputFiles.list(conf, path);
        DialectDetector head = DialectDetector.read(files, settings);
        if (head == null) {
            throw new BadInputException(files.name(0) + " is empty"
                    + (files.count() == 1 ? "" : ", as are the " + (files.count() - 1) + " files after it")
                    + "; name a file with rows");
        }
        CsvDialect dialect = head.dialect(settings, like);
        if (like != null && like.width() != dialect.width()) {
            throw new BadInputException(files.name(0) + " has " + dialect.width()
                    + " pixels a row, the data set it belongs to " + like.width());
        }
        if (like != null) {
            dialect = dialect.withScale(like.scale());
        } else if (dialect.scale() == CsvSettings.PixelScale.AUTO) {
            dialect = dialect.withScale(head.scale(dialect));
        }
        JavaRDD<RowBlock> blocks = parts(spark, files, settings)
                .flatMap(new CsvParsing(dialect, settings, spark.broadcast(new SerializableConfiguration(conf))))
                .setName("rows of " + path)
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            CsvSummary summary = CsvSummary.of(blocks, files, settings);
            CsvDialect found = dialect.withScale(summary.scale(dialect.scale()));
            LOG.info("{}: {} rows of {} pixels, {}", path, summary.rows(), found.width(), found.describe());
            return new LoadedRows(blocks, found, summary, (System.nanoTime() - begin) / 1e9);
        } catch (RuntimeException e) {
            blocks.unpersist(false);
            throw e;
        }
    }

    /** The parts as an RDD, each where the file system keeps its first byte. */
    private static JavaRDD<List<InputSplit>> parts(JavaSparkContext spark, InputFiles files, CsvSettings settings) {
        List<Tuple2<List<InputSplit>, Seq<String>>> placed = new ArrayList<>();
        try {
            for (List<InputSplit> part : files.parts(settings.partitions(), spark.defaultParallelism())) {
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
}
