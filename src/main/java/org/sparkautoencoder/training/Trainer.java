package org.sparkautoencoder.training;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.digits.Shard;
import org.sparkautoencoder.digits.Sharding;
import org.sparkautoencoder.exchange.Coordinator;
import scala.Tuple2;
import scala.reflect.ClassTag$;

/** The driver's side of a training: one Spark job, whose barrier stage trains. */
public final class Trainer {
    private static final int WAIT_SECONDS = 600;
    private static final long POLL_MILLIS = 100;

    private final JavaSparkContext spark;
    private final String runId;
    private final TrainingSettings settings;
    private final String description;
    private volatile Coordinator coordinator;
    private volatile boolean stopRequested;

    public Trainer(JavaSparkContext spark, String runId, TrainingSettings settings) {
        this(spark, runId, settings, runId);
    }

    /** @param description what Spark's UI calls the run */
    public Trainer(JavaSparkContext spark, String runId, TrainingSettings settings, String description) {
        this.spark = spark;
        this.runId = runId;
        this.settings = settings;
        this.description = description;
    }

    /** Ends the training after the present step; from any thread. */
    public void requestStop() {
        stopRequested = true;
        if (coordinator != null) {
            coordinator.requestStop();
        }
    }

    /** How many tasks can run at once, and so how many workers a training can have. */
    public static int slots(JavaSparkContext spark) {
        return spark.sc().defaultParallelism();
    }

    /**
     * Trains from the initial parameters until the epochs are done, the stop rule fires, the loss diverges or
     * {@link #requestStop} is called.
     *
     * @throws TrainingFailedException when the Spark job failed
     */
    public Trained train(TrainingRows rows, float[] initialParameters, TrainingListener listener) {
        return train(rows, initialParameters, listener, Pauses.NONE);
    }

    /**
     * Trains likewise, in a Spark job up to each pause. A pause that does not go on ends the training as the stop rule does.
     *
     * @throws TrainingFailedException when a Spark job failed
     */
    public Trained train(TrainingRows rows, float[] initialParameters, TrainingListener listener, Pauses pauses) {
        Sharding sharding = settings.sharding(rows.trainRows());
        EpochJudge judge = new EpochJudge(settings, rows.trainRows(), rows.testRows());
        int workers = rows.train().getNumPartitions();
        try (Coordinator opened = Coordinator.open(
                runId,
                settings.layers(),
                settings.momentum(),
                settings.shards(),
                initialParameters,
                judge,
                WAIT_SECONDS)) {
            coordinator = opened;
            if (stopRequested) {
                opened.requestStop();
            }
            do {
                judge.pauseAfter(pauses.next(opened.epochs()));
                runJob(rows, sharding, judge, listener);
            } while (goesOn(opened, judge, pauses));
            return new Trained(judge.outcome(), opened.epochs(), opened.parameters(), workers);
        } finally {
            coordinator = null;
        }
    }

    private void runJob(TrainingRows rows, Sharding sharding, EpochJudge judge, TrainingListener listener) {
        JavaFutureAction<?> job = submit(rows, sharding);
        try {
            follow(job, judge, listener);
        } finally {
            // Only an error in the listener leaves the job running: then its workers are of no use.
            if (!job.isDone()) {
                job.cancel(true);
            }
        }
    }

    private boolean goesOn(Coordinator opened, EpochJudge judge, Pauses pauses) {
        Epoch last = judge.pausedAfter();
        if (last == null) {
            return false;
        }
        boolean goesOn = pauses.goOn(last) && !stopRequested;
        if (goesOn) {
            opened.awaitNextJob();
        } else if (!stopRequested) {
            judge.stopEarly();
        }
        return goesOn;
    }

    // A barrier stage whose output is shuffled: a failed barrier stage is retried only if it is a shuffle-map stage.
    private JavaFutureAction<?> submit(TrainingRows rows, Sharding sharding) {
        JavaRDD<Shard> test = rows.test() == null ? rows.train().filter(shard -> false) : rows.test();
        JavaRDD<WorkerRows> workerRows = rows.train().zipPartitions(test, WorkerRows::of);
        spark.setJobGroup(
                runId, "train " + settings.layers() + " on " + rows.trainRows() + " rows: " + description, true);
        try {
            return workerRows
                    .rdd()
                    .barrier()
                    .mapPartitions(new Worker(runId, settings, sharding), false, ClassTag$.MODULE$.apply(Integer.class))
                    .setName("train")
                    .toJavaRDD()
                    .mapToPair(nothing -> new Tuple2<>(nothing, nothing))
                    .partitionBy(new HashPartitioner(1))
                    .collectAsync();
        } finally {
            spark.clearJobGroup();
        }
    }

    private void follow(JavaFutureAction<?> job, EpochJudge judge, TrainingListener listener) {
        try {
            while (!job.isDone()) {
                Epoch epoch = judge.epochs().poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (epoch == null) {
                    listener.waiting();
                } else {
                    listener.epoch(epoch);
                }
            }
            for (Epoch epoch = judge.epochs().poll();
                    epoch != null;
                    epoch = judge.epochs().poll()) {
                listener.epoch(epoch);
            }
            job.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingFailedException("the driver's thread was interrupted", e);
        } catch (ExecutionException e) {
            throw new TrainingFailedException(firstLine(e.getCause()), e.getCause());
        }
    }

    private static String firstLine(Throwable cause) {
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse(cause.toString());
    }
}
