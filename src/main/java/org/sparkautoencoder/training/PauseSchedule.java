package org.sparkautoencoder.training;

/** When a training pauses, without workers, and whether it continues then. A pause does not change the result. */
public interface PauseSchedule {
    /** Never. */
    PauseSchedule NONE = new PauseSchedule() {
        @Override
        public int nextPause(int epochs) {
            return Integer.MAX_VALUE;
        }

        @Override
        public boolean resumes(Epoch last) {
            throw new IllegalStateException("there are no pauses");
        }
    };

    /** The number of epochs at the next pause, after {@code epochs} of them; {@link Integer#MAX_VALUE} for none. */
    int nextPause(int epochs);

    /**
     * Decides at a pause whether to continue. Called in the driver's thread, and may block.
     *
     * @param last the epoch before the pause, with its test error
     */
    boolean resumes(Epoch last);
}
