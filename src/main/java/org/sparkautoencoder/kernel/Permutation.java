package org.sparkautoencoder.kernel;

/** A pseudo-random permutation of 0..n-1 that needs no memory: a pure function of (key, n, index). */
public final class Permutation {
    // A balanced Feistel network over the smallest even number of bits that holds n, with SplitMix64's finaliser as
    // round function, and cycle walking: what falls outside 0..n-1 is put through again (at most 4 times n values, so
    // fewer than 4 walks on average). Four rounds make it pseudo-random: Luby and Rackoff, SIAM J. Comput. 17 (1988);
    // cycle walking: Black and Rogaway, CT-RSA 2002.
    private static final int ROUNDS = 4;

    private final long n;
    private final int halfBits;
    private final long halfMask;
    private final long[] roundKeys = new long[ROUNDS];

    /** @param n how many values are permuted, at least 1 */
    public Permutation(long key, long n) {
        if (n < 1) {
            throw new IllegalArgumentException("a permutation needs at least 1 value, got " + n);
        }
        this.n = n;
        int bits = 64 - Long.numberOfLeadingZeros(n - 1);
        this.halfBits = Math.max(1, (bits + 1) / 2);
        this.halfMask = (1L << halfBits) - 1;
        for (int round = 0; round < ROUNDS; round++) {
            roundKeys[round] = RandomKeys.mix(key, round);
        }
    }

    /** The value at {@code index}, both 0..n-1. */
    public long apply(long index) {
        if (index < 0 || index >= n) {
            throw new IllegalArgumentException("index " + index + " is not in 0.." + (n - 1));
        }
        long value = index;
        do {
            value = round(value);
        } while (value >= n);
        return value;
    }

    private long round(long value) {
        long left = value >>> halfBits;
        long right = value & halfMask;
        for (long roundKey : roundKeys) {
            long next = left ^ (RandomKeys.mix(roundKey, right) & halfMask);
            left = right;
            right = next;
        }
        return left << halfBits | right;
    }
}
