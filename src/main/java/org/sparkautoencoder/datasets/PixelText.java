package org.sparkautoencoder.datasets;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** How the 256 values of a pixel are written, each with the comma that follows it. */
final class PixelText {
    private static final int VALUES = 256;

    private PixelText() {}

    /** 0 to 255. */
    static byte[][] integers() {
        byte[][] texts = new byte[VALUES][];
        for (int value = 0; value < VALUES; value++) {
            texts[value] = (value + ",").getBytes(US_ASCII);
        }
        return texts;
    }

    /** value / 255 as C's and Python's "%.4g": four significant digits without trailing zeros. Java's keeps the zeros. */
    static byte[][] fractions() {
        MathContext fourDigits = new MathContext(4, RoundingMode.HALF_EVEN);
        byte[][] texts = new byte[VALUES][];
        for (int value = 0; value < VALUES; value++) {
            BigDecimal fraction =
                    new BigDecimal(value / 255.0).round(fourDigits).stripTrailingZeros();
            texts[value] = (fraction.toPlainString() + ",").getBytes(US_ASCII);
        }
        return texts;
    }
}
