package org.sparkautoencoder.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.sparkautoencoder.model.PredictedRow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes the digit that a classifier sees in each row of a CSV, and its scores. */
@Command(
        name = "predict",
        description = "Writes the digit that a classifier sees in each row of a CSV, and its scores.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true)
final class PredictCommand implements Callable<Integer> {
    @Mixin
    private ModelOptions model;

    @Mixin
    private RowsOptions rows;

    @Override
    public Integer call() throws IOException {
        return rows.apply(model::readClassifier, PredictedRow::new, PredictedRow::columns, "score_");
    }
}
