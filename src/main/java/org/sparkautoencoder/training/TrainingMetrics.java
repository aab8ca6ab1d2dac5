package org.sparkautoencoder.training;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.sparkautoencoder.exchange.TimeSpent;

/**
 * Metrics of running trainings for Spark's metric sinks: their number, and the last epoch of each. Needs a context that was
 * started with this plugin.
 */
public final class TrainingMetrics implements SparkPlugin {
    private static final AtomicInteger RUNNING = new AtomicInteger();

    // There is one context in a JVM, so one registry.
    private static volatile MetricRegistry registry;

    @Override
    public DriverPlugin driverPlugin() {
        return new DriverPlugin() {
            @Override
            public Map<String, String> init(SparkContext spark, PluginContext context) {
                // Spark ignores the registry of a plugin that has no metrics yet.
                context.metricRegistry().register("trainings", (Gauge<Integer>) RUNNING::get);
                registry = context.metricRegistry();
                return Map.of();
            }

            @Override
            public void shutdown() {
                registry = null;
            }
        };
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return null;
    }

    /**
     * Registers a training that begins.
     *
     * @param steps of an epoch
     * @return takes its epochs
     */
    static Live begin(String runId, int steps) {
        RUNNING.incrementAndGet();
        return new Live(registry, runId, steps);
    }

    /** The metrics of one training. */
    static final class Live implements AutoCloseable {
        private final MetricRegistry registry;
        private final Map<String, Gauge<Double>> gauges = new LinkedHashMap<>();
        private volatile Epoch last;

        private Live(MetricRegistry registry, String runId, int steps) {
            this.registry = registry;
            add(runId, "epoch", Epoch::epoch);
            add(runId, "loss", Epoch::trainLoss);
            add(runId, "error", Epoch::trainError);
            add(runId, "rows_per_second", Epoch::rowsPerSecond);
            add(runId, "step_seconds", epoch -> epoch.seconds() / steps);
            add(runId, "compute_seconds", part(TimeSpent::computeSeconds, steps));
            add(runId, "copy_seconds", part(TimeSpent::copySeconds, steps));
            add(runId, "wire_seconds", part(TimeSpent::wireSeconds, steps));
            add(runId, "wait_seconds", part(TimeSpent::waitSeconds, steps));
            if (registry != null) {
                gauges.forEach(registry::register);
            }
        }

        void epoch(Epoch epoch) {
            last = epoch;
        }

        @Override
        public void close() {
            RUNNING.decrementAndGet();
            if (registry != null) {
                gauges.keySet().forEach(registry::remove);
            }
        }

        private void add(String runId, String name, ToDoubleFunction<Epoch> value) {
            gauges.put(MetricRegistry.name(runId, name), () -> {
                Epoch epoch = last;
                return epoch == null ? Double.NaN : value.applyAsDouble(epoch);
            });
        }

        // Of a step, like the time that they are parts of.
        private static ToDoubleFunction<Epoch> part(Function<TimeSpent, Double> part, int steps) {
            return epoch -> epoch.spent() == null ? Double.NaN : part.apply(epoch.spent()) / steps;
        }
    }
}
