package org.sparkautoencoder.exchange;

import java.nio.ByteBuffer;

/**
 * What the executors send in a step, and the update and the answers that are made of it. Sections are put by the channels'
 * threads, each its own; the attempt's lock lies between them and the run's thread, which does the rest.
 */
interface Gathering {
    Sections sections();

    /** Takes an executor's section. On its channel's thread. */
    void put(Seat seat, ByteBuffer section);

    /** All sections of a step are there. Under the lock. */
    void stepIsComplete();

    /** Whether the executors may be answered and go on to the next step. Under the lock. */
    boolean mayAnswer();

    /** The answer to an executor. Under the lock. */
    ByteBuffer answer(Seat seat, int status, long keptNanos);

    /** Takes over what the next answer needs. On the run's thread, once for each step. */
    void take();

    /** Does what is left to do of the driver's own update. On the run's thread, after {@link #take}. */
    void update();
}
