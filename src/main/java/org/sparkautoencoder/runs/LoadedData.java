package org.sparkautoencoder.runs;

import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.csv.BadInputException;
import org.sparkautoencoder.csv.Classes;
import org.sparkautoencoder.csv.CsvLoader;
import org.sparkautoencoder.csv.CsvSettings;
import org.sparkautoencoder.csv.LoadedRows;
import org.sparkautoencoder.training.ShardMemory;

/**
 * The rows that runs train and test on, loaded.
 *
 * @param paths its names
 * @param train rows to train on
 * @param test rows to test on; null for none
 * @param layout how rows form pictures
 */
public record LoadedData(DataPaths paths, LoadedRows train, LoadedRows test, ImageLayout layout)
        implements AutoCloseable {

    /**
     * Loads what the options name.
     *
     * @param datasets the folder of prepared data sets
     * @param train null for the study's digits
     * @param test null for none, or the study's digits
     * @param images how pictures lie in rows; null for what is known of the data
     * @throws BadInputException where the rows cannot be used, or are more than memory can hold
     */
    public static LoadedData open(
            JavaSparkContext spark,
            Path datasets,
            String train,
            String test,
            CsvSettings csv,
            ImageLayout.Orientation images) {
        if (train == null && test != null) {
            throw new InvalidSettingsException("--test without --train: name both, or neither");
        }
        DataPaths paths = train == null ? DataPaths.paper(datasets) : DataPaths.given(train, test);
        ShardMemory memory = ShardMemory.of(spark);
        LoadedRows trainRows = CsvLoader.load(spark, paths.train(), csv, memory::require);
        try {
            LoadedRows testRows = paths.test() == null
                    ? null
                    : CsvLoader.loadLike(trainRows.schema(), spark, paths.test(), csv, memory::require);
            ImageLayout layout = ImageLayout.of(trainRows.width(), images == null ? paths.orientation() : images);
            return new LoadedData(paths, trainRows, testRows, layout);
        } catch (RuntimeException e) {
            trainRows.close();
            throw e;
        }
    }

    /** Rows to test on; 0 for none. */
    public long testRows() {
        return test == null ? 0 : test.rows();
    }

    /** The classes of the training rows, and after them those that only test rows have. */
    public Classes classes() {
        return test == null ? train.classes() : test.classes();
    }

    /**
     * The classes for a classifier.
     *
     * @throws BadInputException if a row has no label, or a test row a label that no training row has
     */
    public Classes requireClasses() {
        train.requireLabels(train.classes());
        if (test != null) {
            test.requireLabels(train.classes());
        }
        return train.classes();
    }

    @Override
    public void close() {
        train.close();
        if (test != null) {
            test.close();
        }
    }
}
