package org.sparkautoencoder.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkEnv;
import org.sparkautoencoder.exchange.EpochRule.Next;
import org.sparkautoencoder.exchange.Frame.Question;
import org.sparkautoencoder.exchange.RemoteRun.Joining;
import org.sparkautoencoder.kernel.Pass;

/**
 * What the workers of one attempt in one executor share: the parameters, and the line to the driver. Between barriers each
 * worker writes what belongs to its own shards; the last to arrive asks the driver for all.
 */
final class Outpost {
    private static final Map<String, Outpost> OPEN = new HashMap<>();

    private final String key;
    private final Ticket ticket;
    private final Ticket.Address run;
    private final Place place;
    private final SpinBarrier barrier;
    private final float[] parameters;
    private final float[] velocity;
    private final Pass[] passes;
    private final Map<Integer, Pass> own = new TreeMap<>();
    private final Line.Reader readFactors = this::readFactors;
    private final Line.Reader readParameters = this::readParameters;
    private int present;

    // Written by the worker that asks, or by the channel's thread while it waits; read by all after the barrier.
    private Line line;
    private Sections sections;
    private ByteBuffer question;
    private int[] indices;
    private Report report = Report.empty();
    private long number;
    private int epoch;
    private int status;

    private Outpost(String key, Ticket ticket, Place place) {
        this.key = key;
        this.ticket = ticket;
        this.run = ticket.address();
        this.place = place;
        this.barrier = new SpinBarrier(place.beside(), run.timeoutSeconds() * 1_000_000_000L);
        this.parameters = new float[run.layers().parameters()];
        this.velocity = factored() ? new float[parameters.length] : new float[0];
        this.passes = new Pass[run.shards()];
    }

    /** Gives a worker its way to the outpost of its executor. */
    static Exchange join(Ticket ticket, Place place) {
        String key = ticket.runId() + "/" + place.attempt() + "/" + place.executor();
        synchronized (OPEN) {
            Outpost outpost = OPEN.computeIfAbsent(key, absent -> new Outpost(key, ticket, place));
            return new TransportExchange(outpost, place.worker(), outpost.present++);
        }
    }

    Ticket.Address run() {
        return run;
    }

    boolean factored() {
        return run.encoding() == Encoding.FACTORED;
    }

    SpinBarrier barrier() {
        return barrier;
    }

    int workers() {
        return place.beside();
    }

    float[] parameters() {
        return parameters;
    }

    float[] velocity() {
        return velocity;
    }

    /** Those of all shards; of other executors' shards as they were sent. */
    Pass[] passes() {
        return passes;
    }

    int epoch() {
        return epoch;
    }

    boolean goesOn() {
        return status != Frame.STOP;
    }

    synchronized void share(int shard, Pass pass) {
        own.put(shard, pass);
        passes[shard] = pass;
    }

    synchronized void sums(int shard, double[] sums) {
        report.sums().put(shard, sums);
    }

    synchronized void spent(int worker, TimeSpent spent) {
        report.spent().put(worker, spent);
    }

    /** Connects and joins the attempt. Asked by one worker. */
    void begin() {
        line = new Line(ticket.runId(), run);
        Joining joining = new Joining(
                place.attempt(),
                place.executor(),
                place.executors(),
                place.workers(),
                SparkEnv.get().executorId(),
                Machine.host(),
                Machine.arithmetic(),
                own.keySet().stream().toList());
        ByteBuffer out = ByteBuffer.allocate(Frame.QUESTION + 4_096 + 4 * run.shards());
        out.order(ByteOrder.LITTLE_ENDIAN);
        Frame.question(out, new Question(Frame.JOIN, place.attempt(), place.executor(), run.key(), number++));
        joining.write(out);
        run.secret().seal(out);
        status = line.ask(out.flip(), this::readBeginning);
    }

    private void readBeginning(ByteBuffer in) {
        epoch = in.getInt();
        int[][] shards = new int[in.getInt()][];
        for (int executor = 0; executor < shards.length; executor++) {
            shards[executor] = new int[in.getInt()];
            for (int i = 0; i < shards[executor].length; i++) {
                int shard = in.getInt();
                shards[executor][i] = shard;
                if (factored() && passes[shard] == null) {
                    passes[shard] = new Pass(run.layers(), run.mostRows());
                }
            }
        }
        indices = new int[run.shards()];
        for (int i = 0; i < shards[place.executor()].length; i++) {
            indices[shards[place.executor()][i]] = i;
        }
        FloatBuffer values = in.asFloatBuffer();
        values.get(parameters).get(velocity);
        sections = new Sections(run.layers(), run.mostRows(), run.encoding(), shards);
        question = Frame.allocate(Math.addExact(Frame.QUESTION, sections.bytes(place.executor())));
    }

    /** A view of the step's question through which a worker writes the values of its shards. */
    FloatBuffer view() {
        return question.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }

    /** Which of the executor's shards this is. */
    int indexOf(int shard) {
        return indices[shard];
    }

    /** Where in the {@link #view} the values of the executor's i-th shard begin. */
    int values(int i) {
        return (Frame.QUESTION + sections.values(i)) / Float.BYTES;
    }

    /** Says how many rows the executor's i-th shard has in this step, and what their loss was. */
    void put(int i, int rows, float loss) {
        question.putInt(Frame.QUESTION + sections.rows(i), rows);
        question.putFloat(Frame.QUESTION + sections.loss(i), loss);
    }

    /** Sends the executor's section, and takes what the others sent or what has become of the parameters. By one worker. */
    void step() {
        Frame.question(
                question.clear(), new Question(Frame.STEP, place.attempt(), place.executor(), run.key(), number++));
        status = line.ask(question.clear(), factored() ? readFactors : readParameters);
    }

    /** How long the last question was kept by the driver, which waited for other executors. */
    long keptNanos() {
        return line.keptNanos();
    }

    // The sections of the other executors, from the next one around to the one before.
    private void readFactors(ByteBuffer in) {
        int at = in.position();
        for (int i = 1; i < sections.executors(); i++) {
            int executor = (place.executor() + i) % sections.executors();
            int[] shards = sections.shards(executor);
            for (int j = 0; j < shards.length; j++) {
                Pass pass = passes[shards[j]];
                pass.rows(in.getInt(at + sections.rows(j)));
                pass.takeFactors(in.position(at + sections.values(j)).asFloatBuffer());
            }
            at += sections.bytes(executor) + Frame.ANSWER;
        }
    }

    private void readParameters(ByteBuffer in) {
        in.asFloatBuffer().get(parameters);
    }

    /** Sends what the workers said. By one worker. */
    void endEpoch(boolean evaluated) {
        ByteBuffer out = ByteBuffer.allocate(Frame.QUESTION + report.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        int kind = evaluated ? Frame.EVALUATED : Frame.TRAINED;
        Frame.question(out, new Question(kind, place.attempt(), place.executor(), run.key(), number++));
        report.write(out);
        report = Report.empty();
        status = line.ask(out.flip(), in -> {});
    }

    /** What follows an epoch's end. */
    Next next() {
        return switch (status) {
            case Frame.EVALUATE -> Next.EVALUATE;
            case Frame.STOP -> Next.STOP;
            default -> Next.CONTINUE;
        };
    }

    /** A worker leaves. */
    void leave(boolean complete, int worker) {
        if (!complete) {
            barrier.breakUp("worker " + worker + " failed");
        }
        synchronized (OPEN) {
            present--;
            if (present == 0) {
                OPEN.remove(key, this);
            }
            if (line != null && (present == 0 || !complete)) {
                line.close();
                line = null;
            }
        }
    }
}
