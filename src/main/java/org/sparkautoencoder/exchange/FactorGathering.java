package org.sparkautoencoder.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicLong;
import org.sparkautoencoder.kernel.Pass;

/** Relays factors to all other executors at once, and makes the driver's own update from them after that. */
final class FactorGathering implements Gathering {
    // The sections of a step lie in a ring, executor by executor, each behind room for an answer's header. So the
    // answer to an executor, the sections of all others, is one piece of the ring: from the one after its own round
    // to the one before. Where that runs past the end, the first sections lie there once more.
    //
    // A step's ring may still be on its way to some executor while others are at the next step, and the driver's own
    // update may lag. So there are several rings; a ring is written again when all executors have had its answers
    // (they have sent a later step) and the driver has taken its factors.
    private static final int RINGS = 3;

    private final Coordinator coordinator;
    private final Decisions decisions;
    private final Sections sections;
    private final SliceUpdate update;
    private final Pass[] passes;
    private final int[] offsets;
    private final ByteBuffer[] rings = new ByteBuffer[RINGS];

    private long complete; // guarded by the attempt's lock
    private final AtomicLong taken = new AtomicLong();

    FactorGathering(Coordinator coordinator, Decisions decisions, Sections sections) {
        this.coordinator = coordinator;
        this.decisions = decisions;
        this.sections = sections;
        this.update = new SliceUpdate(coordinator.layers(), coordinator.momentum());
        this.passes = new Pass[coordinator.shards()];
        for (int shard = 0; shard < passes.length; shard++) {
            passes[shard] = new Pass(coordinator.layers(), coordinator.mostRows());
        }
        int executors = sections.executors();
        int places = executors + Math.max(0, executors - 2);
        this.offsets = new int[places + 1];
        for (int place = 0; place < places; place++) {
            int bytes = Frame.ANSWER + sections.bytes(place % executors);
            offsets[place + 1] = Math.addExact(offsets[place], bytes);
        }
        for (int i = 0; i < RINGS; i++) {
            rings[i] = Frame.allocate(offsets[places]);
        }
    }

    @Override
    public Sections sections() {
        return sections;
    }

    private ByteBuffer ring(long step) {
        return rings[(int) (step % RINGS)];
    }

    @Override
    public void put(Seat seat, ByteBuffer section) {
        int base = section.position();
        for (int i = 0; i < seat.shards.length; i++) {
            int rows = section.getInt(base + sections.rows(i));
            if (rows < 0 || rows > coordinator.mostRows()) {
                throw new IllegalArgumentException(rows + " rows");
            }
            decisions.loss(seat.shards[i], section.getFloat(base + sections.loss(i)));
        }
        ByteBuffer ring = ring(seat.step);
        int length = section.remaining();
        for (int place = seat.executor; place + 1 < offsets.length; place += sections.executors()) {
            ring.put(offsets[place] + Frame.ANSWER, section, base, length);
        }
    }

    @Override
    public void stepIsComplete() {
        complete++;
    }

    @Override
    public boolean mayAnswer() {
        return complete - taken.get() < RINGS;
    }

    @Override
    public ByteBuffer answer(Seat seat, int status, long keptNanos) {
        int executors = sections.executors();
        int first = (seat.executor + 1) % executors;
        ByteBuffer ring = ring(complete - 1);
        int end = executors == 1 ? Frame.ANSWER : offsets[first + executors - 1];
        Frame.answer(ring, offsets[first], status, keptNanos, complete);
        return ring.duplicate().position(offsets[first]).limit(end);
    }

    @Override
    public void take() {
        ByteBuffer ring = ring(taken.get()).duplicate().order(ByteOrder.LITTLE_ENDIAN);
        for (int executor = 0; executor < sections.executors(); executor++) {
            int section = offsets[executor] + Frame.ANSWER;
            int[] shards = sections.shards(executor);
            for (int i = 0; i < shards.length; i++) {
                Pass pass = passes[shards[i]];
                pass.rows(ring.getInt(section + sections.rows(i)));
                pass.takeFactors(ring.position(section + sections.values(i)).asFloatBuffer());
            }
        }
        taken.incrementAndGet();
    }

    @Override
    public void update() {
        for (int slice = 0; slice < update.slices(); slice++) {
            update.apply(slice, passes, coordinator.liveParameters(), coordinator.liveVelocity());
        }
    }
}
