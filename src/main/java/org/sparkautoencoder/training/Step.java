package org.sparkautoencoder.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparkautoencoder.exchange.Exchange;
import org.sparkautoencoder.exchange.Stopwatch.Phase;
import org.sparkautoencoder.kernel.MinibatchShard;
import org.sparkautoencoder.kernel.Momentum;
import org.sparkautoencoder.kernel.NeuronBlocks;
import org.sparkautoencoder.kernel.NeuronBlocks.Block;
import org.sparkautoencoder.kernel.ShardGradients;
import org.sparkautoencoder.kernel.SummationTree;
import org.sparkautoencoder.kernel.SummationTree.Addition;
import org.sparkautoencoder.kernel.SummationTree.Node;
import org.sparkautoencoder.model.InputRows;
import org.sparkautoencoder.model.Task;
import org.sparkautoencoder.shards.Shard;
import org.sparkautoencoder.shards.Sharding;

/**
 * One worker's part of a step of SGD with momentum. A worker owns blocks of neurons of each layer: their weights,
 * velocities, activations and deltas, for all rows that its JVM has of the minibatch. So parameters never leave a core; between
 * cores go a layer's activations in the forward pass and the sums of its deltas in the backward pass. For one thread.
 */
final class Step {
    private final TrainingSettings settings;
    private final EpochSums epochSums;
    private final Sharding sharding;
    private final LocalShards local;
    private final Exchange exchange;
    private final InputRows inputs;
    private final NeuronBlocks blocks;
    private final int depth;
    private final Block[][] own; // by layer
    private final List<Block> allOwn = new ArrayList<>();
    private final Addition[][] ownAdditions; // by layer: of the partial sums of deltas of its own blocks
    private final Addition[][] otherAdditions; // by layer: of the workers' sums
    private final ShardGradients gradients;
    private final double[][] losses; // of each local shard: by own block of the output layer
    private double[][] counts;
    private int epoch;

    Step(TrainingSettings settings, Sharding sharding, NeuronBlocks blocks, LocalShards local, Exchange exchange) {
        this.settings = settings;
        this.epochSums = new EpochSums(settings);
        this.sharding = sharding;
        this.local = local;
        this.exchange = exchange;
        this.inputs = InputRows.asTrained(settings.noise());
        this.blocks = blocks;
        this.depth = settings.layers().depth();
        this.own = new Block[depth + 1][];
        this.ownAdditions = new Addition[depth + 1][];
        this.otherAdditions = new Addition[depth + 1][];
        for (int l = depth; l >= 1; l--) {
            List<Block> ofLayer = blocks.of(l, exchange.localRank(), exchange.localWorkers());
            own[l] = ofLayer.toArray(Block[]::new);
            allOwn.addAll(ofLayer);
            prepareSums(l);
        }
        this.gradients = local.gradients();
        this.losses = new double[local.train().size()][own[depth].length];
    }

    // Partial sums of blocks are added along the tree: those of its own blocks by each worker, then those of the
    // workers by the owner of each neuron.
    private void prepareSums(int l) {
        int n = blocks.of(l).size();
        List<Node> summed = new ArrayList<>();
        for (int worker = 0; worker < exchange.localWorkers(); worker++) {
            List<Block> ofWorker = blocks.of(l, worker, exchange.localWorkers());
            if (ofWorker.isEmpty()) {
                continue;
            }
            int from = ofWorker.get(0).index();
            List<Node> nodes = SummationTree.cover(from, from + ofWorker.size(), n);
            summed.addAll(nodes);
            if (worker == exchange.localRank()) {
                ownAdditions[l] = nodes.stream()
                        .flatMap(node -> SummationTree.within(node).stream())
                        .toArray(Addition[]::new);
            }
        }
        if (ownAdditions[l] == null) {
            ownAdditions[l] = new Addition[0];
        }
        otherAdditions[l] = SummationTree.above(summed, n).toArray(Addition[]::new);
    }

    /** Puts the rows in the order of the epoch, and gathers its first minibatch. */
    void beginEpoch(int epoch) {
        this.epoch = epoch;
        counts = new double[local.train().size()][];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = epochSums.none();
            Arrays.fill(losses[i], 0);
            if (i % exchange.localWorkers() == exchange.localRank()) {
                sharding.order(epoch, local.train().get(i).index(), local.order(i));
            }
        }
        exchange.await();
        gather(0);
        exchange.await();
    }

    /**
     * Forward, backward, update: two barriers where there is one hidden layer.
     *
     * @return false when the training is over
     */
    boolean run(int step) {
        MinibatchShard[] minibatch = local.minibatch(step);
        for (int l = 1; l < depth; l++) {
            for (Block block : own[l]) {
                forward(block, minibatch);
            }
            exchange.await();
        }
        boolean finite = true;
        for (int b = 0; b < own[depth].length; b++) {
            Block block = own[depth][b];
            forward(block, minibatch);
            finite &= outputDeltas(step, b, minibatch);
            backward(block, minibatch);
            if (exchange.isAlone()) {
                update(block, minibatch);
            }
        }
        sumPartials(depth, minibatch);
        if (step + 1 < sharding.stepsPerEpoch()) {
            gather(step + 1);
        }
        if (!exchange.awaitLosses(finite)) {
            return false;
        }
        countPredictions(step, minibatch);
        for (int l = depth - 1; l >= 1; l--) {
            for (Block block : own[l]) {
                hiddenDeltas(block, minibatch);
                backward(block, minibatch);
                if (exchange.isAlone()) {
                    update(block, minibatch);
                }
            }
            if (l > 1) {
                sumPartials(l, minibatch);
                exchange.await();
            }
        }
        return exchange.isAlone() || (exchange.isDense() ? updateByDriver(minibatch) : updateFromFactors(minibatch));
    }

    // g is the mean gradient: the deltas, and so the gradients, have the factor (1 - beta) / rows already.
    private void update(Block block, MinibatchShard[] minibatch) {
        Momentum momentum = settings.momentum();
        gradients.accumulate(block, minibatch, momentum.beta(), exchange.velocity()); // v = beta v + (1 - beta) g
        momentum.move(blocks, block, exchange.parameters(), exchange.velocity()); // w = w - rate v
    }

    private boolean updateFromFactors(MinibatchShard[] minibatch) {
        if (!exchange.awaitFactors(minibatch)) {
            return false;
        }
        for (Block block : allOwn) {
            update(block, minibatch);
        }
        return true;
    }

    private boolean updateByDriver(MinibatchShard[] minibatch) {
        List<Node> nodes = exchange.gradientNodes();
        for (Block block : allOwn) {
            for (int i = 0; i < nodes.size(); i++) {
                exchange.putGradient(block, i, gradients.sum(block, minibatch, nodes.get(i)));
            }
            exchange.sendGradient(block);
        }
        return exchange.awaitParameters(allOwn);
    }

    private void forward(Block block, MinibatchShard[] minibatch) {
        for (int i = 0; i < losses.length; i++) {
            minibatch(minibatch, i).forward(block, exchange.parameters());
        }
    }

    // Whether all losses are finite.
    private boolean outputDeltas(int step, int b, MinibatchShard[] minibatch) {
        float scale = settings.momentum().gradientScale(sharding.rowsOfStep(step));
        boolean finite = true;
        for (int i = 0; i < losses.length; i++) {
            Shard shard = local.train().get(i);
            int first = sharding.firstPlace(step, shard.index());
            float loss =
                    minibatch(minibatch, i).outputDeltas(own[depth][b], shard.targets(), local.order(i), first, scale);
            losses[i][b] += loss;
            finite &= Float.isFinite(loss);
        }
        return finite;
    }

    private void backward(Block block, MinibatchShard[] minibatch) {
        for (int i = 0; i < losses.length && block.layer() > 1; i++) {
            minibatch(minibatch, i).backward(block, exchange.parameters());
        }
    }

    private void sumPartials(int l, MinibatchShard[] minibatch) {
        for (int i = 0; i < losses.length && l > 1; i++) {
            minibatch(minibatch, i)
                    .addPartials(l, ownAdditions[l], 0, settings.layers().size(l - 1));
        }
    }

    private void hiddenDeltas(Block block, MinibatchShard[] minibatch) {
        Addition[] additions = otherAdditions[block.layer() + 1];
        for (int i = 0; i < losses.length; i++) {
            MinibatchShard shard = minibatch(minibatch, i);
            shard.addPartials(block.layer() + 1, additions, block.from(), block.to());
            shard.hiddenDeltas(block);
        }
    }

    private MinibatchShard minibatch(MinibatchShard[] minibatch, int i) {
        return minibatch[local.train().get(i).index()];
    }

    // Each worker gathers some of the rows of each shard.
    private void gather(int step) {
        exchange.stopwatch().switchTo(Phase.COPY);
        MinibatchShard[] minibatch = local.minibatch(step);
        int width = settings.layers().inputs();
        for (int i = 0; i < losses.length; i++) {
            Shard shard = local.train().get(i);
            int first = sharding.firstPlace(step, shard.index());
            int rows = sharding.firstPlace(step + 1, shard.index()) - first;
            MinibatchShard into = minibatch(minibatch, i);
            if (exchange.localRank() == 0) {
                into.rows(rows);
            }
            int to = rows * (exchange.localRank() + 1) / exchange.localWorkers();
            for (int r = rows * exchange.localRank() / exchange.localWorkers(); r < to; r++) {
                inputs.copy(shard, local.order(i)[first + r], epoch, width, into.input(), r * width);
            }
        }
        exchange.stopwatch().switchTo(Phase.COMPUTE);
    }

    private void countPredictions(int step, MinibatchShard[] minibatch) {
        if (settings.task() != Task.CLASSIFY) {
            return;
        }
        for (int i = exchange.localRank(); i < losses.length; i += exchange.localWorkers()) {
            Shard shard = local.train().get(i);
            MinibatchShard outputs = minibatch(minibatch, i);
            int first = sharding.firstPlace(step, shard.index());
            for (int r = 0; r < outputs.rows(); r++) {
                int label = shard.labels()[local.order(i)[first + r]];
                epochSums.addPrediction(counts[i], outputs.output(), outputs.rows(), r, label);
            }
        }
    }

    /** Publishes the sums of this worker in the epoch. */
    void endEpoch() {
        for (int i = 0; i < losses.length; i++) {
            for (int b = 0; b < own[depth].length; b++) {
                local.loss(i, own[depth][b].index(), losses[i][b]);
            }
            if (i % exchange.localWorkers() == exchange.localRank()) {
                local.counts(i, counts[i]);
            }
        }
    }
}
