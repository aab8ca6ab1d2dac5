package org.sparkautoencoder.exchange;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.StringJoiner;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkautoencoder.exchange.EpochRule.Next;
import org.sparkautoencoder.exchange.Frame.Question;
import org.sparkautoencoder.exchange.RemoteRun.Joining;

/**
 * The driver's side of one attempt at a run's stage: keeps the executors' questions until all have come, and then answers
 * them, which is the barrier. Questions come on the channels' threads; what is not guarded by the lock belongs to the run's
 * thread.
 */
final class Attempt {
    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    private final RemoteRun run;
    private final Coordinator coordinator;
    private final int number;
    private final Decisions decisions;
    private final Seat[] seats;
    private final int workers;
    private int joined;
    private final long begun = System.nanoTime();
    private volatile Gathering gathering;

    // Guarded by the lock.
    private int arrived;
    private int kind;
    private long firstArrival;
    private String broken;
    private boolean over;
    private boolean stepIsComplete;

    Attempt(RemoteRun run, int number, int executors, int workers) {
        this.run = run;
        this.coordinator = run.coordinator();
        this.number = number;
        this.decisions = new Decisions(coordinator, number, workers);
        this.seats = new Seat[executors];
        this.workers = workers;
    }

    int number() {
        return number;
    }

    /** Gives an executor its seat; with the last one all begin. On the run's thread. */
    void join(TransportClient client, Joining joining, RpcResponseCallback callback) {
        String wrong = null;
        if (joining.attempt() < number) {
            wrong = "attempt " + joining.attempt() + " is over, " + number + " runs";
        } else if (joining.executors() != seats.length
                || joining.executor() < 0
                || joining.executor() >= seats.length
                || seats[joining.executor()] != null) {
            wrong = "executor " + joining.executor() + " of " + joining.executors() + " does not belong to attempt "
                    + number;
        }
        synchronized (this) {
            wrong = wrong == null ? broken : wrong;
            if (wrong != null) {
                callback.onSuccess(Frame.answer(Frame.BROKEN, 0, wrong));
                return;
            }
            String name = "executor " + joining.id() + " on " + joining.host();
            int[] shards = joining.shards().stream()
                    .mapToInt(Integer::intValue)
                    .sorted()
                    .toArray();
            Seat seat = new Seat(joining.executor(), client, name, shards);
            seat.question = callback;
            seats[joining.executor()] = seat;
            joined++;
        }
        coordinator.compare(joining.id(), joining.host(), joining.blas());
        if (!client.isActive()) {
            lost(client);
        }
        if (joined == seats.length) {
            begin();
        }
    }

    private void begin() {
        int[][] shards = new int[seats.length][];
        boolean[] present = new boolean[coordinator.shards()];
        int n = 0;
        for (Seat seat : seats) {
            shards[seat.executor] = seat.shards;
            for (int shard : seat.shards) {
                if (shard < 0 || shard >= present.length || present[shard]) {
                    breakUp("shard " + shard + " of " + present.length + " was shared twice, or is none");
                    return;
                }
                present[shard] = true;
                n++;
            }
        }
        if (n != present.length) {
            breakUp("the executors have " + n + " of " + present.length + " shards");
            return;
        }
        coordinator.executors(seats.length);
        Sections sections = new Sections(coordinator.layers(), coordinator.mostRows(), run.encoding(), shards);
        gathering = run.encoding() == Encoding.FACTORED
                ? new FactorGathering(coordinator, decisions, sections)
                : new DenseGathering(coordinator, decisions, sections);
        ByteBuffer answer = beginning(shards);
        synchronized (this) {
            if (broken == null) {
                for (Seat seat : seats) {
                    answer(seat, answer.duplicate());
                }
            }
        }
    }

    // epoch, executors, of each its shards; parameters, velocity
    private ByteBuffer beginning(int[][] shards) {
        int ints = 2 + shards.length + coordinator.shards();
        boolean velocity = run.encoding() == Encoding.FACTORED;
        int floats = Math.multiplyExact(coordinator.layers().parameters(), velocity ? 2 : 1);
        ByteBuffer out = Frame.allocate(Math.addExact(Frame.ANSWER + 4 * ints, Math.multiplyExact(4, floats)));
        Frame.answer(out, 0, coordinator.isOver() ? Frame.STOP : Frame.GO_ON, 0, 0);
        out.position(Frame.ANSWER);
        out.putInt(decisions.epoch()).putInt(shards.length);
        for (int[] one : shards) {
            out.putInt(one.length);
            for (int shard : one) {
                out.putInt(shard);
            }
        }
        int at = out.position();
        out.asFloatBuffer().put(coordinator.liveParameters());
        if (velocity) {
            out.position(at + 4 * coordinator.layers().parameters());
            out.asFloatBuffer().put(coordinator.liveVelocity());
        }
        return out.clear();
    }

    /** Takes a question, to be answered when those of all executors are there; what is wrong with it, or null. */
    String receive(TransportClient client, Question question, ByteBuffer payload, RpcResponseCallback callback) {
        int executor = question.executor();
        Gathering now = gathering;
        if (now == null || executor < 0 || executor >= seats.length || seats[executor].client != client) {
            return "executor " + executor + " has another connection";
        }
        Seat seat = seats[executor];
        if (question.number() != seat.number) {
            return "question " + question.number() + " instead of " + seat.number;
        }
        try {
            switch (question.kind()) {
                case Frame.STEP -> {
                    if (payload.remaining() != now.sections().bytes(executor)) {
                        return "a step of " + payload.remaining() + " bytes";
                    }
                    now.put(seat, payload);
                    seat.step++;
                }
                case Frame.TRAINED, Frame.EVALUATED ->
                    Report.read(payload, workers, coordinator.shards()).into(decisions);
                default -> {
                    return "a question of kind " + question.kind();
                }
            }
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return "a malformed message";
        }
        seat.number++;
        arrive(seat, question.kind(), callback);
        return null;
    }

    private synchronized void arrive(Seat seat, int of, RpcResponseCallback callback) {
        if (broken != null) {
            callback.onSuccess(Frame.answer(Frame.BROKEN, seat.number - 1, broken));
            return;
        }
        seat.question = callback;
        seat.arrived = System.nanoTime();
        if (arrived == 0) {
            kind = of;
            firstArrival = seat.arrived;
        } else if (kind != of) {
            breakUp(seat.name + " is not where the others are");
            return;
        }
        if (++arrived < seats.length) {
            return;
        }
        arrived = 0;
        if (of != Frame.STEP) {
            run.later(() -> endEpoch(of == Frame.EVALUATED));
        } else if (decisions.step()) {
            stepIsComplete = true;
            gathering.stepIsComplete();
            answerStep();
            run.later(this::update);
        } else {
            over = true;
            answerAll(Frame.STOP);
        }
    }

    private void update() {
        synchronized (this) {
            if (broken != null) {
                return;
            }
        }
        gathering.take();
        synchronized (this) {
            answerStep();
        }
        gathering.update();
    }

    private synchronized void answerStep() {
        if (stepIsComplete && broken == null && gathering.mayAnswer()) {
            stepIsComplete = false;
            long now = System.nanoTime();
            for (Seat seat : seats) {
                answer(seat, gathering.answer(seat, Frame.GO_ON, now - seat.arrived));
            }
        }
    }

    private void endEpoch(boolean evaluated) {
        synchronized (this) {
            if (broken != null) {
                return;
            }
        }
        Next next = decisions.epochEnd(evaluated);
        synchronized (this) {
            over = next == Next.STOP;
            answerAll(
                    switch (next) {
                        case CONTINUE -> Frame.GO_ON;
                        case EVALUATE -> Frame.EVALUATE;
                        case STOP -> Frame.STOP;
                    });
        }
    }

    private void answerAll(int status) {
        for (Seat seat : seats) {
            answer(seat, Frame.answer(status, seat.number - 1, ""));
        }
    }

    private static void answer(Seat seat, ByteBuffer with) {
        RpcResponseCallback question = seat.question;
        if (question != null) {
            seat.question = null;
            question.onSuccess(with);
        }
    }

    /** An executor that leaves before the end takes all others with it. */
    synchronized void lost(TransportClient client) {
        for (Seat seat : seats) {
            if (seat != null && seat.client == client) {
                breakUp(seat.name + " (" + shards(seat.shards) + ") has left");
            }
        }
    }

    /** Tells all that wait, and all that still come, that this attempt is over without a result. */
    synchronized void breakUp(String reason) {
        if (broken != null || over) {
            return;
        }
        broken = reason;
        coordinator.failed(reason);
        LOG.debug("{}, attempt {}: {}", run.runId(), number, reason);
        for (Seat seat : seats) {
            if (seat != null) {
                answer(seat, Frame.answer(Frame.BROKEN, 0, reason));
            }
        }
    }

    /** Ends a wait that has become too long. On the run's thread, now and then. */
    synchronized void look() {
        long now = System.nanoTime();
        if (joined < seats.length) {
            if (now - begun > run.timeoutNanos()) {
                breakUp("waited " + seconds() + " for " + (seats.length - joined) + " of " + seats.length
                        + " executors to begin; there are only " + names(true));
            }
        } else if (arrived > 0 && now - firstArrival > run.timeoutNanos()) {
            breakUp("waited " + seconds() + " for " + names(false));
        }
    }

    private String seconds() {
        return run.timeoutNanos() / 1_000_000_000L + " s";
    }

    private String names(boolean present) {
        StringJoiner names = new StringJoiner(", ");
        for (Seat seat : seats) {
            if (seat != null && (seat.question != null) == present) {
                names.add(seat.name + " (" + shards(seat.shards) + ")");
            }
        }
        return names.toString();
    }

    private static String shards(int[] shards) {
        StringJoiner names = new StringJoiner(", ", shards.length == 1 ? "shard " : "shards ", "");
        for (int shard : shards) {
            names.add(Integer.toString(shard));
        }
        return names.toString();
    }
}
