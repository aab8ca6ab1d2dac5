package org.sparkautoencoder.runs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparkautoencoder.results.RunRow;
import org.sparkautoencoder.results.Status;
import org.sparkautoencoder.results.TableReader;
import org.sparkautoencoder.sweep.Objective;
import org.sparkautoencoder.sweep.SlotAllocator;
import org.sparkautoencoder.sweep.TaskPool;
import org.sparkautoencoder.training.PauseSchedule;
import org.sparkautoencoder.training.Trainer;

/**
 * All trainings of the study: its autoencoders, its grid of learning rates, and a classifier on each encoder. What an earlier start
 * of the same id has ended is kept, and what it has begun goes on from its checkpoint.
 */
public final class Reproduction {
    private static final String EXPERIMENT = "reproduce";
    private static final String DENOISING = "denoising";
    private static final String AUTOENCODER = "autoencoder";
    private static final String RATE = "learning-rate";

    /** The settings that all its trainings have in common. */
    private static final Set<String> SETTINGS = Set.of("epochs", "seed");

    private final RunContext context;
    private final Study study;
    private final String id;
    private final int slots;
    private final int maxWorkers;
    private final ConcurrentRuns concurrent;
    private final PreviousTrials previous;
    private final List<String> runIds = new ArrayList<>();

    /**
     * @param id begins the ids of all runs
     * @param maxWorkers how many tasks each training may take
     * @throws BadInputException if runs of that id were made with other rows or settings
     */
    public Reproduction(RunContext context, Study study, String id, int maxWorkers) throws IOException {
        this.context = context;
        this.study = study;
        this.id = id;
        this.slots = Trainer.slots(context.spark());
        this.maxWorkers = maxWorkers;
        this.concurrent = new ConcurrentRuns(context.spark(), new SlotAllocator(slots, slots));
        this.previous = new PreviousTrials(
                new TableReader(context.results(), context.spark().hadoopConfiguration()), context, SETTINGS::contains);
    }

    /** Ends the trainings in progress, and begins none. */
    public void requestStop() {
        concurrent.requestStop();
    }

    public List<String> runIds() {
        return runIds;
    }

    /** Trains all; the runs' status in the end. */
    public Set<Status> execute() throws IOException {
        List<Status> ends = new ArrayList<>(trainAutoencoders());
        ends.addAll(trainClassifiers());
        return EnumSet.copyOf(ends);
    }

    private List<Status> trainAutoencoders() throws IOException {
        int trainings = Study.RATES.size() + 1;
        ShardCache cache = new ShardCache(context.data(), false);
        AutoencoderSpec clean = study.autoencoder(context.data().train().width(), Study.LEARNING_RATE);
        Callable<Status> autoencoder = task(clean, AUTOENCODER, cache, workers(0, trainings));
        Sweep sweep = grid(cache, trainings);
        List<Callable<Status>> tasks = new ArrayList<>();
        tasks.add(autoencoder);
        tasks.addAll(sweep.tasks());
        List<Status> ends = TaskPool.all(tasks, slots, concurrent::requestStop);
        context.listener().sweepEnded(Objective.TEST_ERROR, sweep.rows());
        return ends;
    }

    // A classifier needs its encoder; without one its figures stay empty, and the page says so.
    private List<Status> trainClassifiers() throws IOException {
        ShardCache cache = new ShardCache(context.data(), false);
        Configuration conf = context.spark().hadoopConfiguration();
        List<Callable<Status>> tasks = new ArrayList<>();
        for (String encoder : List.of(DENOISING, AUTOENCODER)) {
            Path model = context.model(id + "-" + encoder);
            if (!context.cancellation().isRequested()
                    && model.getFileSystem(conf).exists(model)) {
                ModelSpec modelSpec =
                        ClassifierSpec.of(study::classifier, Study.CLASSIFIER_RULE, context.data(), model, false, conf);
                tasks.add(task(modelSpec, "classifier-" + encoder, cache, workers(tasks.size(), 2)));
            }
        }
        return TaskPool.all(tasks, slots, concurrent::requestStop);
    }

    private Sweep grid(ShardCache cache, int trainings) throws IOException {
        List<Trial> trials = new ArrayList<>();
        for (double rate : Study.RATES) {
            ModelSpec modelSpec = study.denoising(context.data().train().width(), rate);
            Map<String, String> settings = Map.of(RATE, Trial.text(rate));
            trials.add(new Trial(trials.size(), settings, context.settings(), rate, modelSpec, null));
        }
        IntFunction<String> names = trial -> {
            double rate = Study.RATES.get(trial);
            String name = id + "-" + (rate == Study.LEARNING_RATE ? DENOISING : "rate-" + Trial.text(rate));
            runIds.add(name);
            return name;
        };
        SweepSettings settings = new SweepSettings(
                id,
                EXPERIMENT,
                Objective.TEST_ERROR,
                ModelRetention.Keep.ALL,
                false,
                (trial, of) -> workers(trial + 1, trainings),
                names,
                SETTINGS::contains);
        return new Sweep(context, settings, trials, cache, concurrent);
    }

    private int workers(int training, int trainings) {
        return Math.min(maxWorkers, SlotAllocator.workers(training, trainings, slots));
    }

    private Callable<Status> task(ModelSpec modelSpec, String name, ShardCache cache, int workers) throws IOException {
        String runId = id + "-" + name;
        runIds.add(runId);
        RunRow before = previous.row(runId);
        if (before != null) {
            previous.requireSame(name, context.settings(), before, runId);
            if (before.state().status().isEnd()) {
                return () -> before.state().status();
            }
        }
        RunGroup group = new RunGroup(EXPERIMENT, id, name, PauseSchedule.NONE, true);
        Run run = Run.of(context, modelSpec, group, runId, Resumption.ofRun(context, runId), cache, workers);
        return () -> execute(run);
    }

    private Status execute(Run run) throws IOException {
        RunResult result = concurrent.execute(run, slots -> run.execute());
        return result == null ? Status.WAITING : result.status();
    }
}
