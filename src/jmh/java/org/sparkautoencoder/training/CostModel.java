package org.sparkautoencoder.training;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.sparkautoencoder.exchange.Encoding;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.MinibatchShard;
import org.sparkautoencoder.training.ClusterComparison.Measured;

/**
 * What a step costs on other clusters, from what it costs here. With B rows a step on E executors, in milliseconds:
 *
 * <pre>
 * step     = compute + overhead + (bytes into the driver, or out of it, whichever are more) / link
 * compute  = c0 + c1 B / E + c2 B     (factored: each executor makes the whole update; dense: c2 = 0)
 * overhead = w0 + w1 (bytes in and out, which the driver's processor moves)
 * </pre>
 *
 * <p>Each encoding is fitted on its own, by least squares, to steps whose network is this machine's memory. A real network's
 * latency comes on top, twice a step.
 */
final class CostModel {
    private static final int[] EXECUTORS = {1, 2, 4, 8, 16, 32, 64};
    private static final int[] BATCHES = {32, 128, 512, 2_048};
    private static final int[] GIGABITS = {1, 10, 25, 100};

    private final Layers layers;
    private final Map<Encoding, double[]> compute = new EnumMap<>(Encoding.class);
    private final Map<Encoding, double[]> overhead = new EnumMap<>(Encoding.class);

    private CostModel(Layers layers) {
        this.layers = layers;
    }

    static CostModel fit(Layers layers, List<Measured> measured) {
        CostModel model = new CostModel(layers);
        for (Encoding encoding : List.of(Encoding.FACTORED, Encoding.DENSE)) {
            List<Measured> some =
                    measured.stream().filter(one -> one.encoding() == encoding).toList();
            Function<Measured, double[]> terms = encoding == Encoding.FACTORED
                    ? one -> new double[] {1, (double) one.batch() / one.executors(), one.batch()}
                    : one -> new double[] {1, (double) one.batch() / one.executors()};
            model.compute.put(
                    encoding, leastSquares(some, terms, one -> one.spent().computeSeconds()));
            model.overhead.put(
                    encoding,
                    leastSquares(
                            some,
                            one -> new double[] {
                                1, model.in(encoding, one.batch(), one.executors()) + model.out(encoding, one.batch(), one.executors())
                            },
                            one -> one.step() - one.spent().computeSeconds()));
        }
        return model;
    }

    /** What AUTO decides where each executor's shards are an aligned block. */
    private Encoding encoding(int batch) {
        return (long) batch * MinibatchShard.factorsOfRow(layers) <= 2L * layers.parameters()
                ? Encoding.FACTORED
                : Encoding.DENSE;
    }

    /** Bytes into the driver. */
    private double in(Encoding encoding, int batch, int executors) {
        return encoding == Encoding.FACTORED
                ? 4.0 * batch * MinibatchShard.factorsOfRow(layers)
                : 4.0 * layers.parameters() * executors;
    }

    /** Bytes out of the driver. */
    private double out(Encoding encoding, int batch, int executors) {
        return encoding == Encoding.FACTORED
                ? 4.0 * batch * MinibatchShard.factorsOfRow(layers) * (executors - 1)
                : 4.0 * layers.parameters() * executors;
    }

    /** Milliseconds. */
    private double step(int batch, int executors, double gigabits) {
        Encoding encoding = encoding(batch);
        double[] c = compute.get(encoding);
        double[] w = overhead.get(encoding);
        double in = in(encoding, batch, executors);
        double out = out(encoding, batch, executors);
        double update = c.length > 2 ? c[2] * batch : 0;
        double bytesPerMilli = gigabits * 1e6 / 8;
        return c[0] + c[1] * batch / executors + update + w[0] + w[1] * (in + out) + Math.max(in, out) / bytesPerMilli;
    }

    void print() {
        compute.forEach((encoding, c) -> System.out.println(
                encoding + ": c " + Arrays.toString(c) + ", w " + Arrays.toString(overhead.get(encoding))));
        StringBuilder head = new StringBuilder("| batch | encoding | Gbit/s |");
        StringBuilder line = new StringBuilder("| --- | --- | --- |");
        for (int executors : EXECUTORS) {
            head.append(' ').append(executors).append(" |");
            line.append(" --- |");
        }
        System.out.println(head + " most that pay |");
        System.out.println(line + " --- |");
        for (int batch : BATCHES) {
            for (int gigabits : GIGABITS) {
                System.out.println(row(batch, gigabits));
            }
        }
    }

    private String row(int batch, int gigabits) {
        String encoding = encoding(batch).name().toLowerCase(Locale.ROOT);
        StringBuilder row = new StringBuilder("| " + batch + " | " + encoding + " | " + gigabits + " |");
        int best = 1;
        for (int executors : EXECUTORS) {
            if (executors > TrainingSettings.defaultShards(batch)) {
                row.append(" |"); // no more executors than shards
                continue;
            }
            double step = step(batch, executors, gigabits);
            row.append(String.format(Locale.ROOT, " %.2f |", step));
            if (step < step(batch, best, gigabits)) {
                best = executors;
            }
        }
        return row + " " + best + " |";
    }

    // The normal equations, solved by elimination: few unknowns, and columns of like size after scaling.
    private static double[] leastSquares(
            List<Measured> measured, Function<Measured, double[]> terms, ToDoubleFunction<Measured> value) {
        int n = terms.apply(measured.get(0)).length;
        double[] scale = new double[n];
        for (Measured one : measured) {
            double[] row = terms.apply(one);
            for (int i = 0; i < n; i++) {
                scale[i] = Math.max(scale[i], Math.abs(row[i]));
            }
        }
        double[][] a = new double[n][n + 1];
        for (Measured one : measured) {
            double[] row = terms.apply(one);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    a[i][j] += row[i] / scale[i] * row[j] / scale[j];
                }
                a[i][n] += row[i] / scale[i] * value.applyAsDouble(one);
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (j != i) {
                    double factor = a[j][i] / a[i][i];
                    for (int k = i; k <= n; k++) {
                        a[j][k] -= factor * a[i][k];
                    }
                }
            }
        }
        double[] solution = new double[n];
        for (int i = 0; i < n; i++) {
            solution[i] = a[i][n] / a[i][i] / scale[i];
        }
        return solution;
    }
}
