package org.sparkautoencoder.exchange;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sparkautoencoder.exchange.EpochRule.Next;
import org.sparkautoencoder.exchange.Stopwatch.Phase;
import org.sparkautoencoder.kernel.MinibatchShard;
import org.sparkautoencoder.kernel.NeuronBlocks.Block;
import org.sparkautoencoder.kernel.SummationTree.Node;

/** A worker's interface to the workers of its JVM, the other executors and the driver. For one thread. */
public final class Exchange implements AutoCloseable {
    private final ParallelTasks tasks;
    private final WorkerRank rank;
    private final Runnable onLeave;
    private final Stopwatch stopwatch = new Stopwatch();
    private GradientExchange gradients; // null unless dense
    private FactorExchange factors; // null unless factored
    private FloatBuffer factorView;
    private boolean complete;

    /** @param onLeave run when the last worker of this JVM leaves */
    Exchange(ParallelTasks tasks, WorkerRank rank, Runnable onLeave) {
        this.tasks = tasks;
        this.rank = rank;
        this.onLeave = onLeave;
    }

    /** The rank of this worker in its JVM, from 0 to localWorkers() - 1. */
    public int localRank() {
        return rank.localRank();
    }

    /** The number of workers in this JVM. */
    public int localWorkers() {
        return rank.localWorkers();
    }

    /** Measures this worker's time; {@link #endEpoch} reports it. */
    public Stopwatch stopwatch() {
        return stopwatch;
    }

    /** Combines a value of each worker in this JVM: one worker applies the function, all get the result. */
    public <T, R> R combine(T value, Function<List<T>, R> combiner) {
        return tasks.combine(rank.localRank(), value, combiner);
    }

    /**
     * Receives the initial state of the attempt.
     *
     * @param shards those of this JVM, ascending
     * @return false if the training has already finished: a worker was lost after the last epoch
     */
    public boolean begin(int[] shards) {
        if (!tasks.begin(shards)) {
            return false;
        }
        if (tasks.link() instanceof ExecutorClient client) {
            gradients = client.gradientExchange();
            factors = client.factorExchange();
            factorView = factors == null ? null : factors.view();
        }
        return true;
    }

    /** The first epoch of the attempt. */
    public int epoch() {
        return tasks.link().epoch();
    }

    /** The parameters, shared by the workers of this JVM; each writes those of its own neurons. */
    public float[] parameters() {
        return tasks.link().parameters();
    }

    /** The velocity, likewise. */
    public float[] velocity() {
        return tasks.link().velocity();
    }

    /** Waits for all workers of this JVM. */
    public void await() {
        stopwatch.switchTo(Phase.WAIT);
        tasks.barrier().await();
        stopwatch.switchTo(Phase.COMPUTE);
    }

    /**
     * Waits until all workers of this JVM have computed their losses of the step.
     *
     * @param finite whether this worker's losses are finite
     * @return false if the training ends here: it diverged, or a stop was requested
     */
    public boolean awaitLosses(boolean finite) {
        stopwatch.switchTo(Phase.WAIT);
        boolean continues = tasks.awaitLosses(finite);
        stopwatch.switchTo(Phase.COMPUTE);
        return continues;
    }

    /** Whether this JVM has all shards, so that a step needs no network. */
    public boolean isAlone() {
        return gradients == null && factors == null;
    }

    /** Whether executors exchange factors, and each makes the whole update. */
    public boolean exchangesFactors() {
        return factors != null;
    }

    /** Whether executors send partial sums of gradients, and the driver makes the update. */
    public boolean isDense() {
        return gradients != null;
    }

    /**
     * Receives the factors of the other executors' shards.
     *
     * @param minibatch by shard; this worker's parts of this JVM's shards must be complete
     * @return false if the training has ended
     */
    public boolean awaitFactors(MinibatchShard[] minibatch) {
        return factors.await(tasks, rank.localRank(), factorView, minibatch, stopwatch);
    }

    /** The nodes of the summation tree whose sums this executor sends, where {@link #isDense}. */
    public List<Node> gradientNodes() {
        return gradients.nodes();
    }

    /**
     * Adds a block's gradient, summed over the shards of a node, to the request.
     *
     * @param node index into {@link #gradientNodes}
     * @param sum laid out like the parameters
     */
    public void putGradient(Block block, int node, float[] sum) {
        stopwatch.switchTo(Phase.COPY);
        gradients.put(block, node, sum);
        stopwatch.switchTo(Phase.COMPUTE);
    }

    /** Sends the gradient of a block, after {@link #putGradient} for each node. */
    public void sendGradient(Block block) {
        stopwatch.switchTo(Phase.COPY);
        gradients.send(block, tasks.isFinite());
        stopwatch.switchTo(Phase.COMPUTE);
    }

    /**
     * Waits until the driver has updated blocks whose gradients were sent.
     *
     * @return false if the training has ended
     */
    public boolean awaitParameters(List<Block> blocks) {
        return gradients.await(blocks, stopwatch);
    }

    /**
     * Waits for all workers of this JVM and reports the epoch, or its evaluation, to the driver.
     *
     * @param sums the values to report, by shard; taken from one of the workers
     */
    public Next endEpoch(boolean evaluated, Supplier<Map<Integer, double[]>> sums) {
        stopwatch.switchTo(Phase.WAIT);
        return tasks.endEpoch(rank.localRank(), evaluated ? null : stopwatch.spent(), sums);
    }

    /** Marks this worker as successful, before {@link #close}. */
    public void complete() {
        complete = true;
    }

    /** Leaves the attempt; without {@link #complete} the other workers fail too. */
    @Override
    public void close() {
        if (!complete) {
            tasks.barrier().abort("worker " + rank.rank() + " failed");
        }
        if (tasks.leave() == 0 || !complete) {
            tasks.link().close();
            onLeave.run();
        }
    }
}
