package org.sparkautoencoder.results;

/**
 * The data of a run.
 *
 * @param dataset name or path of the data
 * @param trainRows number of training rows, at least 1
 * @param testRows number of test rows; 0 without a test set
 */
public record RunData(String dataset, long trainRows, long testRows) {
    public RunData {
        ColumnChecks.notNull("dataset", dataset);
        ColumnChecks.atLeast("train_rows", trainRows, 1);
        ColumnChecks.atLeast("test_rows", testRows, 0);
    }
}
