package org.sparkautoencoder.exchange;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sparkautoencoder.exchange.EpochRule.Next;
import org.sparkautoencoder.exchange.Stopwatch.Part;
import org.sparkautoencoder.kernel.MinibatchShard;
import org.sparkautoencoder.kernel.NeuronBlocks.Block;
import org.sparkautoencoder.kernel.SummationTree.Node;

/** A worker's side of the synchronisation: with the workers of its JVM, with other executors, and with the driver. For one thread. */
public final class Exchange implements AutoCloseable {
    private final ParallelTasks tasks;
    private final WorkerRank place;
    private final Runnable onLeave;
    private final Stopwatch stopwatch = new Stopwatch();
    private StepExchange others;
    private FloatBuffer factors;
    private boolean complete;

    /** @param onLeave when the last worker of the JVM leaves */
    Exchange(ParallelTasks tasks, WorkerRank place, Runnable onLeave) {
        this.tasks = tasks;
        this.place = place;
        this.onLeave = onLeave;
    }

    /** Which of its JVM's workers this is, 0..workers()-1. */
    public int rank() {
        return place.rank();
    }

    /** How many workers this JVM has. */
    public int workers() {
        return place.tasks();
    }

    /** Counts this worker's time; {@link #endEpoch} hands it over. */
    public Stopwatch stopwatch() {
        return stopwatch;
    }

    /** Gives all workers of this JVM what one of them makes of what each has. */
    public <T, R> R combine(T contribution, Function<List<T>, R> once) {
        return tasks.combine(place.rank(), contribution, once);
    }

    /**
     * Takes the state to begin with.
     *
     * @param shards those of this JVM, ascending
     * @return false when the training is over already: a worker was lost after it had ended
     */
    public boolean begin(int[] shards) {
        if (!tasks.begin(shards)) {
            return false;
        }
        if (tasks.link() instanceof ExecutorClient client) {
            others = client.stepExchange();
            factors = others instanceof FactorExchange exchange ? exchange.view() : null;
        }
        return true;
    }

    /** The epoch to begin with. */
    public int epoch() {
        return tasks.link().epoch();
    }

    /** The parameters, which the workers of this JVM share; each writes those of its own neurons. */
    public float[] parameters() {
        return tasks.link().parameters();
    }

    /** Likewise the velocity. */
    public float[] velocity() {
        return tasks.link().velocity();
    }

    /** Waits for the workers of this JVM. */
    public void await() {
        stopwatch.next(Part.WAIT);
        tasks.barrier().await();
        stopwatch.next(Part.COMPUTE);
    }

    /**
     * Waits until the workers of this JVM have computed their losses of the step.
     *
     * @param finite whether this worker's are
     * @return false when the training is over: it diverged, or was asked to stop
     */
    public boolean awaitLosses(boolean finite) {
        stopwatch.next(Part.WAIT);
        boolean goesOn = tasks.awaitLosses(finite);
        stopwatch.next(Part.COMPUTE);
        return goesOn;
    }

    /** Whether this JVM has all shards, so that nothing is exchanged with others in a step. */
    public boolean isAlone() {
        return others == null;
    }

    /** Whether executors send each other factors, and each makes the whole update. */
    public boolean exchangesFactors() {
        return others instanceof FactorExchange;
    }

    /** Whether executors send sums of gradients, and the driver makes the update. */
    public boolean isDense() {
        return others instanceof GradientExchange;
    }

    /**
     * Gets the factors of the shards that other executors have.
     *
     * @param minibatch by shard; those of this JVM complete, but for parts that other workers of it may still compute
     * @return false when the training is over
     */
    public boolean awaitFactors(MinibatchShard[] minibatch) {
        return ((FactorExchange) others).await(tasks, place.rank(), factors, minibatch, stopwatch);
    }

    /** Over which shards an executor sums the gradients that it sends, where {@link #isDense}. */
    public List<Node> gradientNodes() {
        return ((GradientExchange) others).nodes();
    }

    /**
     * Says what the gradient of a block is, summed over the shards of a node.
     *
     * @param node which of {@link #gradientNodes}
     * @param sum lies as the parameters do
     */
    public void putGradient(Block block, int node, float[] sum) {
        stopwatch.next(Part.COPY);
        ((GradientExchange) others).put(block, node, sum);
        stopwatch.next(Part.COMPUTE);
    }

    /** Sends the gradient of a block, once all its sums are said. */
    public void sendGradient(Block block) {
        stopwatch.next(Part.COPY);
        ((GradientExchange) others).send(block, tasks.isFinite());
        stopwatch.next(Part.COMPUTE);
    }

    /**
     * Waits until the driver has updated blocks whose gradients were sent.
     *
     * @return false when the training is over
     */
    public boolean awaitParameters(List<Block> blocks) {
        return ((GradientExchange) others).await(blocks, stopwatch);
    }

    /**
     * Waits for the workers of this JVM and reports an epoch to the driver, or an evaluation of its parameters.
     *
     * @param sums what is reported, by shard; asked of one worker
     */
    public Next endEpoch(boolean evaluated, Supplier<Map<Integer, double[]>> sums) {
        stopwatch.next(Part.WAIT);
        return tasks.endEpoch(place.rank(), evaluated ? null : stopwatch.spent(), sums);
    }

    /** Says that this worker has done all it was to do. */
    public void complete() {
        complete = true;
    }

    /** Leaves; without {@link #complete} the others cannot go on either. */
    @Override
    public void close() {
        if (!complete) {
            tasks.barrier().abort("worker " + place.worker() + " failed");
        }
        if (tasks.leave() == 0 || !complete) {
            tasks.link().close();
            onLeave.run();
        }
    }
}
