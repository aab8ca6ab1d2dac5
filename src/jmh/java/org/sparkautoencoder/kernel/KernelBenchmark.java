package org.sparkautoencoder.kernel;


import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.sparkautoencoder.kernel.NeuronBlocks.Block;

/**
 * The parts of a step of 784-200-784 over the rows of one shard, on one thread.
 *
 * <p>{@code mvn -q -Pjmh test-compile exec:exec -Dbench=KernelBenchmark}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class KernelBenchmark {
    @Param({"16", "32"})
    public int rows;

    private final Layers layers = new Layers(784, 200, 784);
    private final Momentum momentum = new Momentum(0.01f, 0.9f);
    private final float[] parameters = new float[layers.parameters()];
    private final float[] velocity = new float[layers.parameters()];
    private final float[] outputs = new float[32 * 784];
    private final MinibatchShard[] minibatch = new MinibatchShard[1];
    private NeuronBlocks blocks;
    private ShardGradients gradients;
    private float[] source;
    private int[] order;

    @Setup
    public void fill() {
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = (float) (0.01 * Math.sin(i));
        }
        source = new float[rows * 784];
        Arrays.fill(source, 0.3f);
        order = new int[rows];
        for (int i = 0; i < rows; i++) {
            order[i] = i;
        }
        blocks = new NeuronBlocks(layers, OutputLayer.SIGMOID, rows);
        gradients = new ShardGradients(blocks, 1);
        minibatch[0] = new MinibatchShard(blocks, OutputLayer.SIGMOID, rows);
        minibatch[0].rows(rows);
        Arrays.fill(minibatch[0].input(), 0.3f);
        forward();
        outputDeltas();
    }

    @Benchmark
    public void forward() {
        for (Block block : blocks.all()) {
            minibatch[0].forward(block, parameters);
        }
    }

    @Benchmark
    public float outputDeltas() {
        float loss = 0;
        for (Block block : blocks.of(2)) {
            loss += minibatch[0].outputDeltas(block, source, order, 0, 0.1f / rows);
        }
        return loss;
    }

    @Benchmark
    public void backward() {
        for (Block block : blocks.of(2)) {
            minibatch[0].backward(block, parameters);
        }
    }

    @Benchmark
    public void gradient() {
        for (Block block : blocks.all()) {
            gradients.accumulate(block, minibatch, 0.9f, velocity);
        }
    }

    @Benchmark
    public void move() {
        for (Block block : blocks.all()) {
            momentum.move(blocks, block, parameters, velocity);
        }
    }

    @Benchmark
    public float[] sigmoid() {
        Sigmoid.apply(outputs, 0, rows * 784);
        return outputs;
    }
}
