package org.sparkautoencoder.exchange;

import java.nio.ByteBuffer;

/** Factored, in the driver: passes each executor's factors on to all others. The attempt's lock guards it but for {@link #put}. */
final class FactorRelay {
    // The sections of a step lie in a ring, executor by executor, each behind room for a response's header. So the
    // response to
    // an executor, the sections of all others, is one piece of the ring: from the one after its own round to the one
    // before.
    // Where that runs past the end, the first sections lie there once more.
    //
    // A step's ring may still be on its way to some executor while others are at the next step; all have had it when
    // the step
    // after that begins, so there are two.
    private static final int RINGS = 2;

    private final FactorLayout layout;
    private final int mostRows;
    private final int[] offsets;
    private final ByteBuffer[] rings = new ByteBuffer[RINGS];
    private long step;

    FactorRelay(FactorLayout layout, int mostRows) {
        this.layout = layout;
        this.mostRows = mostRows;
        int executors = layout.placement().executors();
        int places = executors + Math.max(0, executors - 2);
        this.offsets = new int[places + 1];
        for (int place = 0; place < places; place++) {
            int bytes = WireFormat.RESPONSE + layout.bytes(place % executors);
            offsets[place + 1] = Math.addExact(offsets[place], bytes);
        }
        for (int i = 0; i < RINGS; i++) {
            rings[i] = WireFormat.allocate(offsets[places]);
        }
    }

    /**
     * Takes an executor's section. On its channel's thread.
     *
     * @param sent how many steps it has sent before
     * @throws IllegalArgumentException if it is none
     */
    void put(int executor, long sent, ByteBuffer section) {
        if (section.remaining() != layout.bytes(executor)) {
            throw new IllegalArgumentException("factors of " + section.remaining() + " bytes");
        }
        int base = section.position();
        for (int i = 0; i < layout.placement().of(executor).length; i++) {
            int rows = section.getInt(base + layout.rows(i));
            if (rows < 0 || rows > mostRows) {
                throw new IllegalArgumentException(rows + " rows");
            }
        }
        ByteBuffer ring = rings[(int) (sent % RINGS)];
        int executors = layout.placement().executors();
        for (int place = executor; place + 1 < offsets.length; place += executors) {
            ring.put(offsets[place] + WireFormat.RESPONSE, section, base, section.remaining());
        }
    }

    /** All sections of a step are there. */
    void stepIsComplete() {
        step++;
    }

    /** The response to an executor. */
    ByteBuffer response(int executor, long keptNanos) {
        int executors = layout.placement().executors();
        int first = (executor + 1) % executors;
        ByteBuffer ring = rings[(int) ((step - 1) % RINGS)];
        WireFormat.response(ring, offsets[first], WireFormat.CONTINUE, keptNanos, step);
        return ring.duplicate().position(offsets[first]).limit(offsets[first + executors - 1]);
    }
}
