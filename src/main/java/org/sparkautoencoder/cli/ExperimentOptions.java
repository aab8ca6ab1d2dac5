package org.sparkautoencoder.cli;

import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkautoencoder.csv.CsvSettings;
import org.sparkautoencoder.exchange.ExchangeSettings;
import org.sparkautoencoder.runs.LoadedData;
import org.sparkautoencoder.runs.RunContext;
import org.sparkautoencoder.training.CheckpointSettings;
import org.sparkautoencoder.training.Trainer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What all commands that train have in common: the rows, where results go, and how workers synchronise. */
final class ExperimentOptions {
    @Mixin
    private PathOptions paths;

    @Mixin
    private DataOptions data;

    @Mixin
    private ExchangeOptions exchange;

    @Mixin
    private CheckpointOptions checkpoints;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** A Spark application with loaded rows. */
    record Experiment(Application application, RunContext context) implements AutoCloseable {
        JavaSparkContext spark() {
            return application.spark();
        }

        /** The number of tasks that can run at once. */
        int slots() {
            return Trainer.slots(spark());
        }

        @Override
        public void close() {
            context.data().close();
            application.close();
        }
    }

    /** Starts Spark and loads the rows, for one run or for several at once. */
    Experiment open(boolean single) {
        CsvSettings csv = data.settings();
        ExchangeSettings exchangeSettings = exchange.settings();
        CheckpointSettings checkpointSettings = checkpoints.settings(paths.results());
        paths.requireWritable();
        Application application = Application.startTraining();
        try {
            LoadedData loaded = paths.load(application.spark(), csv);
            DataOptions.print("train", loaded.train(), System.out);
            if (loaded.test() != null) {
                DataOptions.print("test", loaded.test(), System.out);
            }
            RunContext context = paths.context(
                    application.spark(),
                    loaded,
                    Options.effective(command),
                    exchangeSettings,
                    checkpointSettings,
                    single ? paths.singleRun() : paths.concurrentRuns());
            return new Experiment(application, context);
        } catch (RuntimeException e) {
            application.close();
            throw e;
        }
    }

    /** The folder of tables. */
    Path results() {
        return paths.results();
    }

    /** The folder of the checkpoints of all runs. */
    Path checkpoints() {
        return checkpoints.folder(paths.results());
    }

    /** The given maximum number of tasks of a training; null if none was given. */
    Integer workers() {
        return exchange.workers();
    }
}
