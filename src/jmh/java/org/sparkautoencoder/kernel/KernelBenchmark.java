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
    private final float[] scratch = new float[784 * 200];
    private float[] source;
    private int[] order;
    private Pass pass;

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
        pass = new Pass(layers, rows);
        pass.rows(rows);
        Arrays.fill(pass.input(), 0.3f);
        pass.targets(source, order, 0);
        pass.forward(parameters);
        pass.backward(parameters, 1f / rows);
    }

    @Benchmark
    public void targets() {
        pass.targets(source, order, 0);
    }

    @Benchmark
    public void forward() {
        pass.forward(parameters);
    }

    @Benchmark
    public float backward() {
        return pass.backward(parameters, 1f / rows);
    }

    @Benchmark
    public void gradient() {
        pass.addGradient(1, 0, 200, velocity, scratch);
        pass.addGradient(2, 0, 784, velocity, scratch);
    }

    @Benchmark
    public void move() {
        momentum.move(parameters, velocity, 0, parameters.length);
    }

    @Benchmark
    public float[] sigmoid() {
        Sigmoid.apply(pass.output(), rows * 784);
        return pass.output();
    }
}
