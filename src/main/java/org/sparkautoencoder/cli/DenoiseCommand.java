package org.sparkautoencoder.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.sparkautoencoder.model.DenoisedRow;
import org.sparkautoencoder.model.Outputs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes what an autoencoder makes of each row of a CSV, and its error: an anomaly score. */
@Command(
        name = "denoise",
        description = "Writes what an autoencoder makes of each row of a CSV, and its error: an anomaly score.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true)
final class DenoiseCommand implements Callable<Integer> {
    @Mixin
    private ModelOptions model;

    @Mixin
    private RowsOptions rows;

    @Option(names = "--thresholded", description = "outputs from 0.75 on become 1, up to 0.25 they become 0")
    private boolean thresholded;

    @Override
    public Integer call() throws IOException {
        return rows.apply(
                model::readAutoencoder,
                (saved, parameters, classes) ->
                        new DenoisedRow(saved, parameters, classes, thresholded ? Outputs.THRESHOLDED : Outputs.PLAIN),
                DenoisedRow::columns,
                "");
    }
}
