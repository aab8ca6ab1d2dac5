package org.sparkautoencoder.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.sparkautoencoder.csv.Classes;
import org.sparkautoencoder.csv.DataRow;
import org.sparkautoencoder.model.PredictedRow;
import org.sparkautoencoder.model.SavedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes the class that a classifier predicts for each row, and its scores. */
@Command(
        name = "predict",
        description = "Writes the class that a classifier predicts for each row, and its scores.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true)
final class PredictCommand implements Callable<Integer> {
    private static final RowsOptions.Stage STAGE = new RowsOptions.Stage() {
        @Override
        public Function<DataRow, Row> map(SavedModel saved, Broadcast<float[]> parameters, Classes classes) {
            return new PredictedRow(saved, parameters, classes);
        }

        @Override
        public StructType columns(SavedModel saved, Classes classes) {
            return PredictedRow.columns(saved, classes);
        }

        @Override
        public List<String> elementNames(SavedModel saved, String column) {
            return saved.classes().names().stream().map(name -> "score_" + name).toList();
        }
    };

    @Mixin
    private ModelOptions model;

    @Mixin
    private RowsOptions rows;

    @Override
    public Integer call() throws IOException {
        return rows.apply(model::readClassifier, saved -> STAGE);
    }
}
