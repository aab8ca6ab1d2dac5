package org.sparkautoencoder.cli;

import java.io.PrintStream;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.digits.CsvDigits;
import org.sparkautoencoder.digits.CsvSettings;
import org.sparkautoencoder.digits.LoadedDigits;
import org.sparkautoencoder.exchange.ExchangeSettings;

/**
 * The data of a command, loaded.
 *
 * @param paths its names
 * @param train rows to train on
 * @param test rows to test on; null for none
 * @param pictures how rows form pictures
 */
record Source(DataPaths paths, LoadedDigits train, LoadedDigits test, Pictures pictures) implements AutoCloseable {

    /**
     * Loads what the options name.
     *
     * @param train null for the study's digits
     * @param test null for none, or the study's digits
     * @param images how pictures lie in rows; null for what is known of the data
     */
    static Source open(
            JavaSparkContext spark, String train, String test, CsvSettings csv, Pictures.Orientation images) {
        if (train == null && test != null) {
            throw new UsageException("--test without --train: name both, or neither");
        }
        DataPaths paths = train == null ? DataPaths.paper() : DataPaths.given(train, test);
        LoadedDigits trainRows = CsvDigits.load(spark, paths.train(), csv);
        try {
            LoadedDigits testRows =
                    paths.test() == null ? null : CsvDigits.loadLike(trainRows, spark, paths.test(), csv);
            Pictures pictures = Pictures.of(trainRows.width(), images == null ? paths.orientation() : images);
            return new Source(paths, trainRows, testRows, pictures);
        } catch (RuntimeException e) {
            trainRows.close();
            throw e;
        }
    }

    Session session(
            JavaSparkContext spark,
            Path results,
            Map<String, String> effective,
            Progress.Kind progress,
            ExchangeSettings exchange,
            PrintStream out) {
        return new Session(spark, paths, train, test, pictures, results, effective, progress, exchange, out);
    }

    @Override
    public void close() {
        train.close();
        if (test != null) {
            test.close();
        }
    }
}
