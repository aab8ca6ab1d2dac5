package org.sparkautoencoder.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.sparkautoencoder.csv.BadInputException;
import org.sparkautoencoder.csv.Classes;
import org.sparkautoencoder.csv.DataRow;
import org.sparkautoencoder.model.DenoisedRow;
import org.sparkautoencoder.model.DenoisedRow.Contents;
import org.sparkautoencoder.model.Outputs;
import org.sparkautoencoder.model.SavedModel;
import org.sparkautoencoder.runs.InvalidSettingsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes what an autoencoder makes of each row of a file, and its error: an anomaly score. */
@Command(
        name = "denoise",
        description = "Writes what an autoencoder makes of each row of a file, and its error: an anomaly score.",
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

    @Option(names = "--per-value", description = "write the squared error of each value too")
    private boolean perValue;

    @Option(
            names = "--threshold",
            paramLabel = "QUANTILE",
            description = "mark the rows whose error is above this quantile of the training rows' errors, 0..1, such "
                    + "as 0.99 (default: no mark)")
    private Double quantile;

    @Override
    public Integer call() throws IOException {
        return rows.apply(
                model::readAutoencoder,
                saved -> stage(new Contents(
                        thresholded ? Outputs.THRESHOLDED : Outputs.PLAIN,
                        perValue,
                        quantile == null ? null : threshold(saved))));
    }

    private double threshold(SavedModel saved) {
        if (!(quantile >= 0 && quantile <= 1)) {
            throw new InvalidSettingsException("--threshold must be 0..1, got " + quantile);
        }
        if (thresholded) {
            throw new InvalidSettingsException(
                    "--threshold compares the errors of plain outputs: leave --thresholded out");
        }
        if (saved.errorQuantiles() == null) {
            throw new BadInputException("the model was saved without the errors of its training rows, which --threshold"
                    + " needs: train it again");
        }
        return saved.errorQuantiles().at(quantile);
    }

    private static RowsOptions.Stage stage(Contents contents) {
        return new RowsOptions.Stage() {
            @Override
            public Function<DataRow, Row> map(SavedModel saved, Broadcast<float[]> parameters, Classes classes) {
                return new DenoisedRow(saved, parameters, classes, contents);
            }

            @Override
            public StructType columns(SavedModel saved, Classes classes) {
                return DenoisedRow.columns(classes, contents);
            }

            @Override
            public List<String> elementNames(SavedModel saved, String column) {
                String prefix = column.equals("squared_errors") ? "squared_error_" : "";
                return IntStream.range(0, saved.layers().outputs())
                        .mapToObj(i -> prefix + i)
                        .toList();
            }
        };
    }
}
