package org.sparkautoencoder.training;

import org.sparkautoencoder.exchange.Encoding;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.MinibatchShard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;

/**
 * What a step of 784-200-784 costs on other clusters, from what {@code src/bench/shaped-network.sh} measured. With B rows a step
 * on E executors of one core, P parameters and F factors a row, in milliseconds:
 *
 * <pre>
 * step      = own s + messages + max(in, out) / link
 * own       = c0 + c1 f                     (f: FLOPs of the products. Forward and backward of B / E rows; the gradient of all B
 *                                           rows, dense: of B / E)
 * messages  = w0 + w1 (in + out)            (none where E = 1)
 * in, out   = 4 P E, 4 P E                  (dense: sums of gradients, parameters)
 *           = 4 F B, 4 F B (E - 1)          (factored: inputs and deltas of all rows, from each executor to all others)
 * </pre>
 *
 * <p>The bytes are those on the driver's link, which carries both directions at once. Once an epoch, factored and a single executor
 * also send 8 P bytes, weights and velocity; that is spread over the epoch's steps here. What a step computes is fitted to the time
 * that workers spent with computing and copying, what messages cost to the rest of the step; w1 is what the processors of driver and
 * executors do for a byte. Both by least squares of the relative errors.
 *
 * <p>s is 1 on real machines. Where the measured executors share fewer cores, each computes s = E / cores times as long.
 *
 * <p>{@code mvn -q -Pjmh -DskipTests package exec:exec -Dmain=org.sparkautoencoder.training.CostModel
 * -Dbench=target/shaped-network.md}
 */
public final class CostModel {
    private static final Layers LAYERS = new Layers(784, 200, 784);
    private static final int ROWS = 4_000;
    private static final int MEASURED_GIGABITS = 1;
    private static final int[] EXECUTORS = {1, 2, 4, 8, 16, 32, 64};
    private static final int[] BATCHES = {32, 128, 512, 2_048};
    private static final int[] GIGABITS = {1, 10, 25, 100};

    private final double[] own;
    private final double[] messages;
    private final int cores;

    private CostModel(List<Measured> measured, int cores) {
        this.cores = cores;
        this.own = fit(measured, one -> ownTerms(one.setup(), sharing(one.setup())), Measured::ownMillis);
        this.messages = fit(
                measured.stream().filter(one -> one.setup().executors() > 1).toList(),
                one -> new double[] {1, one.setup().in() + one.setup().out()},
                one -> one.stepMillis()
                        - times(own, ownTerms(one.setup(), sharing(one.setup())))
                        - linkMillis(one.setup(), MEASURED_GIGABITS));
    }

    /** A way to train. Its encoding is FACTORED or DENSE, and does not matter where there is one executor. */
    private record Setup(int batch, Encoding encoding, int executors) {
        boolean isDense() {
            return executors > 1 && encoding == Encoding.DENSE;
        }

        /** Bytes into the driver in a step. */
        double in() {
            return isDense() ? 4.0 * LAYERS.parameters() * executors : (executors > 1 ? factors() : 0) + state();
        }

        /** Bytes out of the driver in a step. */
        double out() {
            return isDense() ? 4.0 * LAYERS.parameters() * executors : factors() * (executors - 1);
        }

        private double factors() {
            return 4.0 * MinibatchShard.factorsOfRow(LAYERS) * batch;
        }

        private double state() {
            return 8.0 * LAYERS.parameters() * batch / Math.max(ROWS, batch);
        }
    }

    /** A row of the measured table. */
    private record Measured(Setup setup, double stepMillis, double ownMillis) {
        // | batch | encoding | executors | step ms | compute | copy | ...
        static Measured of(String line) {
            String[] cells = line.split("\\|", -1);
            for (int i = 0; i < cells.length; i++) {
                cells[i] = cells[i].trim();
            }
            Encoding encoding = Encoding.valueOf(cells[2].toUpperCase(Locale.ROOT));
            return new Measured(
                    new Setup(Integer.parseInt(cells[1]), encoding, Integer.parseInt(cells[3])),
                    Double.parseDouble(cells[4]),
                    Double.parseDouble(cells[5]) + Double.parseDouble(cells[6]));
        }
    }

    public static void main(String[] arguments) throws IOException {
        List<Measured> measured;
        try (var lines = Files.lines(Path.of(arguments[0]))) {
            measured = lines.filter(line -> line.matches("\\| *[0-9].*"))
                    .map(Measured::of)
                    .toList();
        }
        CostModel model = new CostModel(measured, Runtime.getRuntime().availableProcessors());
        model.printErrors(measured);
        model.printPredictions();
    }

    private void printErrors(List<Measured> measured) {
        System.out.println("own " + Arrays.toString(own) + ", messages " + Arrays.toString(messages) + ", " + cores + " cores");
        double sum = 0;
        double largest = 0;
        for (Measured one : measured) {
            double step = step(one.setup(), sharing(one.setup()), MEASURED_GIGABITS);
            double error = step / one.stepMillis() - 1;
            System.out.println(String.format(
                    Locale.ROOT,
                    "%s: measured %.2f ms, model %.2f ms, %+.0f %%",
                    one.setup(),
                    one.stepMillis(),
                    step,
                    100 * error));
            sum += Math.abs(error);
            largest = Math.max(largest, Math.abs(error));
        }
        System.out.println(String.format(
                Locale.ROOT,
                "relative error: mean %.0f %%, largest %.0f %%",
                100 * sum / measured.size(),
                100 * largest));
    }

    private void printPredictions() {
        StringBuilder head = new StringBuilder("| batch | Gbit/s |");
        StringBuilder line = new StringBuilder("| --- | --- |");
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
        StringBuilder row = new StringBuilder("| " + batch + " | " + gigabits + " |");
        int best = 1;
        for (int executors : EXECUTORS) {
            if (executors > TrainingSettings.defaultShards(batch)) {
                row.append(" |"); // no more executors than shards
                continue;
            }
            double step = fewestBytes(batch, executors, gigabits);
            row.append(String.format(Locale.ROOT, " %.2f |", step));
            if (step < fewestBytes(batch, best, gigabits)) {
                best = executors;
            }
        }
        return row + " " + best + " |";
    }

    // With the encoding that AUTO takes.
    private double fewestBytes(int batch, int executors, int gigabits) {
        Setup factored = new Setup(batch, Encoding.FACTORED, executors);
        Setup dense = new Setup(batch, Encoding.DENSE, executors);
        boolean fewer = factored.factors() * executors <= dense.in() + dense.out();
        return step(executors == 1 || fewer ? factored : dense, 1, gigabits);
    }

    private double step(Setup setup, double sharing, int gigabits) {
        double exchange =
                setup.executors() == 1 ? 0 : times(messages, new double[] {1, setup.in() + setup.out()});
        return times(own, ownTerms(setup, sharing)) + exchange + linkMillis(setup, gigabits);
    }

    private static double[] ownTerms(Setup setup, double sharing) {
        double rows = (double) setup.batch() / setup.executors();
        double gradientRows = setup.isDense() ? rows : setup.batch();
        int outputs = LAYERS.parameters() - LAYERS.weights(2);
        double flops = 2 * (LAYERS.parameters() * rows + outputs * rows + LAYERS.parameters() * gradientRows);
        return new double[] {sharing, sharing * flops};
    }

    private double sharing(Setup setup) {
        return Math.max(1, (double) setup.executors() / cores);
    }

    private static double linkMillis(Setup setup, int gigabits) {
        return Math.max(setup.in(), setup.out()) / (gigabits * 1e6 / 8);
    }

    private static double times(double[] factors, double[] terms) {
        double sum = 0;
        for (int i = 0; i < factors.length; i++) {
            sum += factors[i] * terms[i];
        }
        return sum;
    }

    // Least squares of the errors relative to the step's time.
    private static double[] fit(
            List<Measured> measured, Function<Measured, double[]> terms, ToDoubleFunction<Measured> value) {
        double[][] x = new double[measured.size()][];
        double[] y = new double[measured.size()];
        for (int i = 0; i < x.length; i++) {
            Measured one = measured.get(i);
            x[i] = Arrays.stream(terms.apply(one)).map(term -> term / one.stepMillis()).toArray();
            y[i] = value.applyAsDouble(one) / one.stepMillis();
        }
        OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
        regression.setNoIntercept(true);
        regression.newSampleData(y, x);
        return regression.estimateRegressionParameters();
    }
}
