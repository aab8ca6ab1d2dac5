package org.sparkautoencoder.training;

/** Where a training pauses, without workers, and whether it then goes on. It goes on as if it had never paused. */
public interface PauseSchedule {
    /** Never. */
    PauseSchedule NONE = new PauseSchedule() {
        @Override
        public int next(int epochs) {
            return Integer.MAX_VALUE;
        }

        @Override
        public boolean goOn(Epoch last) {
            throw new IllegalStateException("there are no pauses");
        }
    };

    /** After how many epochs the next pause is, when {@code epochs} are done; {@link Integer#MAX_VALUE} for never. */
    int next(int epochs);

    /**
     * Decides at a pause, in the driver's thread, for as long as it takes.
     *
     * @param last the epoch before the pause, with its test error
     */
    boolean goOn(Epoch last);
}
