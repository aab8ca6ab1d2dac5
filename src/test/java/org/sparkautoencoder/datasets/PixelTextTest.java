package org.sparkautoencoder.datasets;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PixelTextTest {
    @Test
    void fractions_knownValues_areAsPythonPrintsThem() {
        byte[][] texts = PixelText.fractions();
        assertThat(text(texts[0])).isEqualTo("0,");
        assertThat(text(texts[1])).isEqualTo("0.003922,");
        assertThat(text(texts[3])).isEqualTo("0.01176,");
        assertThat(text(texts[14])).isEqualTo("0.0549,");
        assertThat(text(texts[26])).isEqualTo("0.102,");
        assertThat(text(texts[51])).isEqualTo("0.2,");
        assertThat(text(texts[128])).isEqualTo("0.502,");
        assertThat(text(texts[254])).isEqualTo("0.9961,");
        assertThat(text(texts[255])).isEqualTo("1,");
    }

    @Test
    void fractions_all_areFourDigitsOfTheValue() {
        byte[][] texts = PixelText.fractions();
        for (int value = 1; value < 256; value++) {
            double printed = Double.parseDouble(text(texts[value]).replace(",", ""));
            double exact = value / 255.0;
            assertThat(Math.abs(printed - exact) / exact).isLessThanOrEqualTo(0.5e-3);
            assertThat(text(texts[value])).matches("1,|0\\.0*[1-9][0-9]{0,3},").doesNotContain("0,");
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, US_ASCII);
    }
}
