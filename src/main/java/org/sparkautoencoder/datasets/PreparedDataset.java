package org.sparkautoencoder.datasets;

import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A data set that is there, whole.
 *
 * @param name of its folder
 * @param train the CSV to train on
 * @param test the CSV to test on
 * @param provenance what its provenance file says, by {@link Provenance}'s keys and others
 * @param reused whether it was there before
 */
public record PreparedDataset(
        String name, Path train, Path test, SortedMap<String, String> provenance, boolean reused) {
    public PreparedDataset {
        provenance = Collections.unmodifiableSortedMap(new TreeMap<>(provenance));
    }

    public long trainRows() {
        return Long.parseLong(provenance.get(DatasetFolder.TRAIN + ".rows"));
    }

    public long testRows() {
        return Long.parseLong(provenance.get(DatasetFolder.TEST + ".rows"));
    }

    /** One line: name, rows and the SHA-256 of both files. */
    public String summary() {
        return String.format(
                "%s: %d + %d rows, %s, train.csv SHA-256 %s, test.csv SHA-256 %s",
                name,
                trainRows(),
                testRows(),
                provenance.get(Provenance.RECIPE),
                provenance.get(DatasetFolder.TRAIN + ".sha256"),
                provenance.get(DatasetFolder.TEST + ".sha256"));
    }
}
