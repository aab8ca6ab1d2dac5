package org.sparkautoencoder.kernel;

/** Keys of counter-based random numbers: every purpose, epoch and row has its own, derived from the one seed. */
public final class RandomKeys {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private RandomKeys() {}

    /** A key that depends on both; the finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014). */
    public static long mix(long key, long value) {
        long z = key + GOLDEN_GAMMA * (value + 1);
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** A whole number in 0..bound-1 from a random key, without division (Lemire, ACM TOMACS 29, 2019; bias below bound / 2^32). */
    public static int below(long key, int bound) {
        return (int) (((key >>> 32) * bound) >>> 32);
    }
}
