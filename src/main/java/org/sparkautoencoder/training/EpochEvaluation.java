package org.sparkautoencoder.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sparkautoencoder.model.InputRows;
import org.sparkautoencoder.model.Outputs;
import org.sparkautoencoder.model.RowErrors;
import org.sparkautoencoder.model.RowOutputs;
import org.sparkautoencoder.model.Task;
import org.sparkautoencoder.shards.Shard;

/**
 * The evaluation of one JVM's rows with the weights at the end of an epoch: the test rows and, if {@link TrainingSettings#evaluatesTraining}, the
 * training rows. The pieces of the rows are divided among its workers, and their sums added in order.
 */
final class EpochEvaluation {
    private record Piece(Shard shard, int first, boolean test) {}

    private final TrainingSettings settings;
    private final EpochSums epochSums;
    private final List<Piece> pieces = new ArrayList<>();
    private final double[][] sums; // by piece

    EpochEvaluation(TrainingSettings settings, LocalShards local) {
        this.settings = settings;
        this.epochSums = new EpochSums(settings);
        add(local.test(), true);
        if (settings.evaluatesTraining()) {
            add(local.train(), false);
        }
        this.sums = new double[pieces.size()][];
    }

    private void add(List<Shard> shards, boolean test) {
        for (Shard shard : shards) {
            for (int first = 0; first < shard.rows(); first += RowOutputs.ROWS) {
                pieces.add(new Piece(shard, first, test));
            }
        }
    }

    /** Evaluates a worker's pieces. */
    void evaluate(float[] parameters, int rank, int workers) {
        RowOutputs outputs = new RowOutputs(settings.layers(), settings.outputLayer());
        for (int i = rank; i < sums.length; i += workers) {
            sums[i] = sums(outputs, parameters, pieces.get(i));
        }
    }

    /** By shard the {@link EpochSums} of its test rows and those of its training rows, joined. By one worker. */
    Map<Integer, double[]> sums() {
        Map<Integer, double[]> all = new TreeMap<>();
        for (int i = 0; i < sums.length; i++) {
            Piece piece = pieces.get(i);
            double[] joined = piece.test
                    ? epochSums.joined(sums[i], epochSums.none())
                    : epochSums.joined(epochSums.none(), sums[i]);
            all.merge(piece.shard.index(), joined, EpochEvaluation::add);
        }
        return all;
    }

    private static double[] add(double[] sum, double[] values) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += values[i];
        }
        return sum;
    }

    private double[] sums(RowOutputs outputs, float[] parameters, Piece piece) {
        double[] sums = epochSums.none();
        Shard shard = piece.shard;
        int width = settings.layers().outputs();
        InputRows inputs = piece.test ? InputRows.asTested(settings.noise()) : InputRows.asTrained(settings.noise());
        outputs.visit(parameters, shard, piece.first, inputs, (index, values, rows, row) -> {
            double loss = settings.outputLayer().hasSquaredError()
                    ? RowErrors.squared(shard, index, values, width, rows, row, Outputs.PLAIN)
                    : RowErrors.crossEntropy(shard, index, values, width, rows, row);
            EpochSums.addLoss(sums, loss);
            if (settings.task() == Task.CLASSIFY) {
                epochSums.addPrediction(sums, values, rows, row, shard.labels()[index]);
            }
        });
        return sums;
    }
}
