package org.sparkautoencoder.exchange;

import java.nio.ByteBuffer;
import org.sparkautoencoder.kernel.Layers;

/** Factored encoding, driver side: relays each executor's factors to all others. Guarded by the attempt's lock, except {@link #put}. */
final class FactorRelay {
    // A step's sections lie in a ring, executor by executor, each preceded by space for a response header. The response
    // to an executor, the sections of all others, is then one contiguous range: from the section after its own, around
    // to the one before. The first sections are stored again after the last, so that no range wraps.
    //
    // A ring may still be in transmission to one executor while others are at the next step. Before the step after
    // that begins, all have received it, so two rings are enough.
    private static final int RINGS = 2;

    private final FactorExchange.Layout layout;
    private final int maxRows;
    private final int[] offsets;
    private final ByteBuffer[] rings = new ByteBuffer[RINGS];
    private long step;

    FactorRelay(Layers layers, int maxRows, ShardPlacement placement) {
        this.layout = new FactorExchange.Layout(layers, maxRows, placement);
        this.maxRows = maxRows;
        int executors = layout.placement().executors();
        int sections = executors + Math.max(0, executors - 2);
        this.offsets = new int[sections + 1];
        for (int section = 0; section < sections; section++) {
            int bytes = WireFormat.RESPONSE + layout.bytes(section % executors);
            offsets[section + 1] = Math.addExact(offsets[section], bytes);
        }
        for (int i = 0; i < RINGS; i++) {
            rings[i] = WireFormat.allocate(offsets[sections]);
        }
    }

    /**
     * Stores an executor's section. On the channel's thread.
     *
     * @param sectionStep the step that the section belongs to
     * @throws IllegalArgumentException if the section is malformed
     */
    void put(int executor, long sectionStep, ByteBuffer section) {
        if (section.remaining() != layout.bytes(executor)) {
            throw new IllegalArgumentException("factors of " + section.remaining() + " bytes");
        }
        int base = section.position();
        for (int i = 0; i < layout.placement().of(executor).length; i++) {
            int rows = section.getInt(base + layout.rows(i));
            if (rows < 0 || rows > maxRows) {
                throw new IllegalArgumentException(rows + " rows");
            }
        }
        ByteBuffer ring = rings[(int) (sectionStep % RINGS)];
        int executors = layout.placement().executors();
        for (int i = executor; i + 1 < offsets.length; i += executors) {
            ring.put(offsets[i] + WireFormat.RESPONSE, section, base, section.remaining());
        }
    }

    /** Marks the step as complete: all sections have arrived. */
    void completeStep() {
        step++;
    }

    /** The response to an executor: the other executors' sections of the last completed step. */
    ByteBuffer response(int executor, long waitNanos) {
        int executors = layout.placement().executors();
        int first = (executor + 1) % executors;
        ByteBuffer ring = rings[(int) ((step - 1) % RINGS)];
        WireFormat.response(ring, offsets[first], WireFormat.CONTINUE, waitNanos, step);
        return ring.duplicate().position(offsets[first]).limit(offsets[first + executors - 1]);
    }
}
