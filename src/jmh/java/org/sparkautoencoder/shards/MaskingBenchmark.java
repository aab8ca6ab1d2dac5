package org.sparkautoencoder.shards;


import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The paper's masking noise on one row of 784 pixels.
 *
 * <pre>
 * mvn -q -Pjmh test-compile exec:exec -Dbench=MaskingBenchmark
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MaskingBenchmark {
    private final MaskingNoise noise = new MaskingNoise(0.4, 0.05, 1, MaskingNoise.Mode.FRESH);
    private final float[] pixels = new float[784];
    private long row;

    @Benchmark
    public float[] mask() {
        noise.mask(0, row++, pixels, 0, pixels.length);
        return pixels;
    }
}
