package org.sparkautoencoder.kernel;

/** What random numbers of a training are for. Each purpose has keys of its own, so that none follows from another's. */
public enum Randomness {
    /** Which shard a row belongs to, and where in it. */
    POSITIONS(1),
    /** In which order an epoch takes the rows of a shard. */
    TURNS(2),
    /** Which pixels masking noise sets. */
    MASKS(3),
    /** The noise of a test set, whose row ids are those of other rows in the training set. */
    TEST_NOISE(4),
    /** The weights that a training begins with. */
    INITIAL_WEIGHTS(5),
    /** Which test rows are shown as samples. */
    SAMPLES(6);

    private final long number;

    // The numbers decide the bits of every training: they never change.
    Randomness(long number) {
        this.number = number;
    }

    /** This purpose's key of a seed. */
    public long key(long seed) {
        return RandomKeys.mix(seed, number);
    }
}
