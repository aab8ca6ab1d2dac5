package org.sparkautoencoder.training;

import org.sparkautoencoder.digits.Shard;
import org.sparkautoencoder.digits.Sharding;
import org.sparkautoencoder.exchange.Stopwatch;
import org.sparkautoencoder.exchange.Stopwatch.Part;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.Pass;

/** A shard on its way through the epochs: the order of its rows, its pass, and its sums. For one thread. */
final class ShardTraining {
    private final Shard shard;
    private final Sharding sharding;
    private final InputRows inputs;
    private final boolean classify;
    private final int width;
    private final Pass pass;
    private final int[] slots;
    private int epoch;
    private double[] sums;

    ShardTraining(Shard shard, Sharding sharding, TrainingSettings settings) {
        Layers layers = settings.layers();
        this.shard = shard;
        this.sharding = sharding;
        this.inputs = InputRows.asTrained(settings.noise());
        this.classify = settings.task() == Task.CLASSIFY;
        this.width = layers.inputs();
        this.pass = new Pass(layers, settings.loss(), sharding.mostRowsOfStep());
        this.slots = new int[shard.rows()];
    }

    int index() {
        return shard.index();
    }

    Pass pass() {
        return pass;
    }

    void beginEpoch(int epoch) {
        this.epoch = epoch;
        sums = EpochSums.none();
        sharding.order(epoch, shard.index(), slots);
    }

    /**
     * Gathers the shard's rows of a minibatch and computes their factors.
     *
     * @param share of a row's gradient that goes into the velocity
     * @return the loss, summed over the rows and outputs
     */
    float step(int step, float[] parameters, float share, Stopwatch stopwatch) {
        stopwatch.next(Part.COPY);
        int first = sharding.firstTurn(step, shard.index());
        int rows = sharding.firstTurn(step + 1, shard.index()) - first;
        pass.rows(rows);
        for (int r = 0; r < rows; r++) {
            inputs.copy(shard, slots[first + r], epoch, width, pass.input(), r * width);
        }
        pass.targets(shard.targets(), slots, first);
        stopwatch.next(Part.COMPUTE);
        pass.forward(parameters);
        float loss = pass.backward(parameters, share);
        EpochSums.addLoss(sums, loss);
        for (int r = 0; classify && r < rows; r++) {
            EpochSums.addPrediction(sums, pass.output(), rows, r, shard.labels()[slots[first + r]]);
        }
        return loss;
    }

    /** The {@link EpochSums} of the epoch so far. */
    double[] sums() {
        return sums;
    }
}
