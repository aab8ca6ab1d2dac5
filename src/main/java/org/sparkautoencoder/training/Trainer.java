package org.sparkautoencoder.training;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.spark.HashPartitioner;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.csv.BadInputException;
import org.sparkautoencoder.exchange.Coordinator;
import org.sparkautoencoder.exchange.ExchangeHandle;
import org.sparkautoencoder.exchange.ExchangeSettings;
import org.sparkautoencoder.kernel.Snapshot;
import org.sparkautoencoder.shards.Shard;
import org.sparkautoencoder.shards.Sharding;
import scala.Tuple2;
import scala.reflect.ClassTag$;

/** The driver's side of a training: one Spark job, whose barrier stage trains. */
public final class Trainer {
    private static final long POLL_MILLIS = 100;

    private final JavaSparkContext spark;
    private final String runId;
    private final TrainingSettings settings;
    private final ExchangeSettings exchange;
    private final String description;
    private volatile Coordinator coordinator;
    private volatile boolean stopRequested;
    private volatile Checkpoint last;

    /** A trainer with the default synchronisation. */
    public Trainer(JavaSparkContext spark, String runId, TrainingSettings settings) {
        this(spark, runId, settings, ExchangeSettings.DEFAULT);
    }

    public Trainer(JavaSparkContext spark, String runId, TrainingSettings settings, ExchangeSettings exchange) {
        this(spark, runId, settings, exchange, runId);
    }

    /** @param description what Spark's UI calls the run */
    public Trainer(
            JavaSparkContext spark,
            String runId,
            TrainingSettings settings,
            ExchangeSettings exchange,
            String description) {
        this.spark = spark;
        this.runId = runId;
        this.settings = settings;
        this.exchange = exchange;
        this.description = description;
    }

    /** Ends the training after the present step; from any thread. */
    public void requestStop() {
        stopRequested = true;
        if (coordinator != null) {
            coordinator.requestStop();
        }
    }

    /** The state after the last whole epoch of a training that has ended or failed; null before, and at a pause. */
    public Checkpoint last() {
        return last;
    }

    /** The number of tasks that can run at once: the maximum number of workers. */
    public static int slots(JavaSparkContext spark) {
        return Cluster.slots(spark);
    }

    /**
     * Trains from the initial parameters until the epochs are done, the stop rule fires, the loss diverges or
     * {@link #requestStop} is called.
     *
     * @throws TrainingFailedException when the Spark job failed
     * @throws BadInputException when rows had to be read again and their file has changed
     */
    public TrainingResult train(TrainingRows rows, float[] initialParameters, TrainingListener listener) {
        return train(rows, Checkpoint.initial(initialParameters), listener, PauseSchedule.NONE, null);
    }

    /**
     * Trains likewise from a checkpoint, with one Spark job between two pauses. A training that does not continue ends as by the
     * stop rule.
     *
     * @param checkpoints null for none
     * @throws TrainingFailedException when a Spark job failed
     */
    public TrainingResult train(
            TrainingRows rows,
            Checkpoint from,
            TrainingListener listener,
            PauseSchedule pauses,
            CheckpointWriter checkpoints) {
        Cluster.warnIfOpen(spark);
        Sharding sharding = settings.sharding(rows.trainRows());
        EpochController controller =
                new EpochController(settings, rows.trainRows(), rows.testRows(), from, checkpoints);
        int workers = rows.train().getNumPartitions();
        int slots = Cluster.awaitSlots(spark, workers);
        if (slots < workers) {
            throw new TrainingFailedException(ReplacementWait.tooFew(workers, slots), null);
        }
        try (Coordinator opened = Coordinator.open(
                        runId,
                        settings.blocks(sharding),
                        settings.momentum(),
                        settings.shards(),
                        from.snapshot(),
                        controller,
                        exchange.timeoutSeconds());
                TrainingMetrics.Live live = TrainingMetrics.begin(runId, sharding.stepsPerEpoch())) {
            coordinator = opened;
            TrainingListener withMetrics = withMetrics(listener, live);
            if (stopRequested) {
                opened.requestStop();
            }
            Snapshot reached;
            try {
                boolean continues = !controller.isAtEnd(from.snapshot().epochs());
                while (continues) {
                    controller.pauseAfter(pauses.nextPause(opened.epochs()));
                    runJob(rows, sharding, controller, withMetrics, opened);
                    continues = continues(opened, controller, pauses, withMetrics);
                }
            } finally {
                reached = opened.snapshot();
                // At a pause it is not decided whether it continues.
                last = controller.pausedAfter() != null
                        ? null
                        : new Checkpoint(
                                reached,
                                controller.errors(reached.epochs()),
                                List.of(),
                                controller.attempts(),
                                Map.of());
            }
            return new TrainingResult(
                    controller.outcome(), reached.epochs(), reached.parameters(), workers, opened.executors());
        } finally {
            coordinator = null;
        }
    }

    private void runJob(
            TrainingRows rows,
            Sharding sharding,
            EpochController controller,
            TrainingListener listener,
            Coordinator opened) {
        int workers = rows.train().getNumPartitions();
        ReplacementWait wait = new ReplacementWait(
                spark, workers, Math.max(exchange.timeoutSeconds(), Cluster.replacementSeconds(spark.getConf())));
        if (opened.epochs() > 0) { // before the first, train() has waited
            wait.await(() -> stopRequested);
        }
        int executors = Workers.executors(spark, settings, sharding, workers);
        try (Placement placement = Placement.reserve(spark, workers, executors)) {
            AttemptFailures failures = new AttemptFailures(
                    runId, opened::epochs, opened::hasTimedOut, Cluster.lossSeconds(spark.getConf()));
            spark.sc().addSparkListener(failures);
            JavaFutureAction<?> job = submit(rows, sharding, handle(opened, sharding), placement);
            try {
                follow(job, controller, listener, opened, wait, failures);
            } finally {
                spark.sc().removeSparkListener(failures);
                // The job still runs only after an error here: cancel it.
                if (!job.isDone()) {
                    job.cancel(true);
                }
            }
        }
    }

    private static TrainingListener withMetrics(TrainingListener listener, TrainingMetrics.Live live) {
        return new TrainingListener() {
            @Override
            public void epoch(Epoch epoch) {
                live.epoch(epoch);
                listener.epoch(epoch);
            }

            @Override
            public void waiting() {
                listener.waiting();
            }

            @Override
            public void paused() {
                listener.paused();
            }
        };
    }

    private boolean continues(
            Coordinator opened, EpochController controller, PauseSchedule pauses, TrainingListener listener) {
        Epoch last = controller.pausedAfter();
        if (last == null) {
            return false;
        }
        listener.paused();
        boolean continues = pauses.resumes(last) && !stopRequested;
        if (continues) {
            opened.resetForNextJob();
        } else if (!stopRequested) {
            controller.stopEarly();
        }
        return continues;
    }

    private ExchangeHandle handle(Coordinator opened, Sharding sharding) {
        return spark.isLocal() && exchange.topology() == ExchangeSettings.Topology.ACTUAL
                ? opened.handle()
                : opened.listen(SparkEnv.get(), exchange, sharding.maxRowsOfStep());
    }

    // A barrier stage whose output is shuffled: a failed barrier stage is retried only if it is a shuffle-map stage.
    private JavaFutureAction<?> submit(
            TrainingRows rows, Sharding sharding, ExchangeHandle handle, Placement placement) {
        JavaRDD<Shard> test = rows.test() == null
                ? spark.parallelize(List.<Shard>of(), rows.train().getNumPartitions())
                : rows.test();
        JavaRDD<WorkerRows> workerRows = placement.of(rows.train().zipPartitions(test, WorkerRows::of));
        spark.setJobGroup(
                runId, "train " + settings.layers() + " on " + rows.trainRows() + " rows: " + description, true);
        try {
            return workerRows
                    .rdd()
                    .barrier()
                    .mapPartitions(
                            new Worker(handle, settings, sharding), false, ClassTag$.MODULE$.apply(Integer.class))
                    .setName("train")
                    .toJavaRDD()
                    .mapToPair(nothing -> new Tuple2<>(nothing, nothing))
                    .partitionBy(new HashPartitioner(1))
                    .collectAsync();
        } finally {
            spark.clearJobGroup();
        }
    }

    private void follow(
            JavaFutureAction<?> job,
            EpochController controller,
            TrainingListener listener,
            Coordinator opened,
            ReplacementWait wait,
            AttemptFailures failures) {
        try {
            while (!job.isDone()) {
                Epoch epoch = controller.epochs().poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (failures.badInput() != null) {
                    throw new BadInputException(failures.badInput());
                }
                if (failures.withoutProgress() >= exchange.maxFailures()) {
                    throw new TrainingFailedException(
                            AttemptFailures.oneLine(opened.failure(), String.valueOf(failures.reason()))
                                    + " (the workers failed "
                                    + failures.withoutProgress() + " times in epoch " + opened.epochs()
                                    + "; --max-failures)",
                            null);
                }
                if (epoch == null) {
                    listener.waiting();
                    wait.check(opened.idleSeconds() == 0, opened.failure());
                } else {
                    listener.epoch(epoch);
                }
            }
            for (Epoch epoch = controller.epochs().poll();
                    epoch != null;
                    epoch = controller.epochs().poll()) {
                listener.epoch(epoch);
            }
            job.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingFailedException("the driver's thread was interrupted", e);
        } catch (ExecutionException e) {
            BadInputException bad = BadInputException.in(e);
            if (bad != null) {
                throw new BadInputException(bad.getMessage(), e);
            }
            throw new TrainingFailedException(
                    AttemptFailures.oneLine(
                            opened.failure(), String.valueOf(e.getCause().getMessage())),
                    e.getCause());
        }
    }
}
