package org.sparkautoencoder.csv;

import java.nio.charset.StandardCharsets;

/** Decimal numbers from bytes, rounded exactly as {@link Float#parseFloat} rounds them. */
final class DecimalParser {
    // Few digits times a small power of ten is one correctly rounded operation (Clinger, PLDI 1990): in float for up
    // to 24 bits and 10^10, in double for up to 53 bits and 10^22. Rounding that double to float rounds twice, which
    // goes wrong only where the double lies exactly halfway between two floats. All else is left to the JDK.
    private static final float[] FLOAT_POWERS = {1e0f, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f, 1e8f, 1e9f, 1e10f};
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };
    private static final long MOST_MANTISSA = 100_000_000_000_000_000L;
    private static final long BELOW_FLOAT = (1L << 29) - 1;
    private static final long HALFWAY = 1L << 28;

    private DecimalParser() {}

    /** {@code digits / 10^places} for digits below 2^24 and places up to 10. */
    static float shortDecimal(int digits, int places) {
        return digits / FLOAT_POWERS[places];
    }

    /**
     * The number that the whole of text[from .. to - 1] is: sign, digits, point, exponent. NaN where it isn't one; too large
     * a number is infinite.
     *
     * @param mark the decimal point
     */
    static float parse(byte[] text, int from, int to, byte mark) {
        int at = from;
        boolean negative = at < to && text[at] == '-';
        if (negative || (at < to && text[at] == '+')) {
            at++;
        }
        long mantissa = 0;
        int exponent = 0;
        boolean any = false;
        boolean cut = false;
        for (; at < to && isDigit(text[at]); at++) {
            any = true;
            if (mantissa < MOST_MANTISSA) {
                mantissa = mantissa * 10 + (text[at] - '0');
            } else {
                cut = true;
                exponent++;
            }
        }
        if (at < to && text[at] == mark) {
            for (at++; at < to && isDigit(text[at]); at++) {
                any = true;
                if (mantissa < MOST_MANTISSA) {
                    mantissa = mantissa * 10 + (text[at] - '0');
                    exponent--;
                } else {
                    cut = true;
                }
            }
        }
        if (!any) {
            return Float.NaN;
        }
        if (at < to && (text[at] == 'e' || text[at] == 'E')) {
            at++;
            boolean down = at < to && text[at] == '-';
            if (down || (at < to && text[at] == '+')) {
                at++;
            }
            if (at == to) {
                return Float.NaN;
            }
            int power = 0;
            for (; at < to && isDigit(text[at]); at++) {
                power = Math.min(power * 10 + (text[at] - '0'), 1_000_000);
            }
            exponent += down ? -power : power;
        }
        if (at != to) {
            return Float.NaN;
        }
        if (!cut && Math.abs(exponent) < POWERS.length && mantissa <= 1L << 53) {
            double value = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
            boolean halfway = (Double.doubleToRawLongBits(value) & BELOW_FLOAT) == HALFWAY;
            if (mantissa == 0 || (!halfway && value >= Float.MIN_NORMAL && value <= Float.MAX_VALUE)) {
                return negative ? (float) -value : (float) value;
            }
        }
        String number = new String(text, from, to - from, StandardCharsets.ISO_8859_1);
        return Float.parseFloat(number.replace((char) mark, '.'));
    }

    static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }
}
