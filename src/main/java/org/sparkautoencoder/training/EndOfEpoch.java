package org.sparkautoencoder.training;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sparkautoencoder.digits.Shard;
import org.sparkautoencoder.kernel.Loss;

/**
 * A worker's shards under the weights at an epoch's end: its test rows and, if {@link TrainingSettings#evaluatesTraining},
 * its training rows. For one thread.
 */
final class EndOfEpoch {
    private final TrainingSettings settings;
    private final List<Shard> train;
    private final List<Shard> test;
    private final RowOutputs outputs;

    EndOfEpoch(TrainingSettings settings, WorkerRows rows) {
        this.settings = settings;
        this.train = settings.evaluatesTraining() ? rows.train() : List.of();
        this.test = rows.test();
        this.outputs = new RowOutputs(settings.layers(), settings.loss());
    }

    /** By shard the {@link EpochSums} of its test rows and those of its training rows, joined. */
    Map<Integer, double[]> sums(float[] parameters) {
        Map<Integer, double[]> sums = new TreeMap<>();
        for (Shard shard : test) {
            double[] ofTest = sums(parameters, shard, InputRows.asTested(settings.noise()));
            sums.put(shard.index(), EpochSums.joined(ofTest, EpochSums.none()));
        }
        // Shard s of either set lies with worker s % workers, so that both are here.
        for (Shard shard : train) {
            double[] ofTrain = sums(parameters, shard, InputRows.asTrained(settings.noise()));
            double[] ofTest = sums.getOrDefault(shard.index(), EpochSums.joined(EpochSums.none(), ofTrain));
            sums.put(shard.index(), EpochSums.joined(EpochSums.first(ofTest), ofTrain));
        }
        return sums;
    }

    private double[] sums(float[] parameters, Shard shard, InputRows inputs) {
        double[] sums = EpochSums.none();
        int width = settings.layers().outputs();
        outputs.visit(parameters, shard, inputs, (slot, values, rows, row) -> {
            double loss = settings.loss() == Loss.SQUARED
                    ? RowErrors.squared(shard, slot, values, width, rows, row, Outputs.PLAIN)
                    : RowErrors.crossEntropy(shard, slot, values, width, rows, row);
            EpochSums.addLoss(sums, loss);
            if (settings.task() == Task.CLASSIFY) {
                EpochSums.addPrediction(sums, values, rows, row, shard.labels()[slot]);
            }
        });
        return sums;
    }
}
