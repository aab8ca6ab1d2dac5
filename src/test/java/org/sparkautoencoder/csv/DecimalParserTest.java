package org.sparkautoencoder.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DecimalParserTest {
    private static float parse(String text) {
        byte[] bytes = (",," + text + ",").getBytes(StandardCharsets.UTF_8);
        return DecimalParser.parse(bytes, 2, bytes.length - 1, (byte) '.');
    }

    private static void assertSame(String text) {
        float expected = Float.parseFloat(text);
        float actual = parse(text);
        if (Float.floatToRawIntBits(actual) != Float.floatToRawIntBits(expected)) { // quicker than a million asserts
            assertThat(actual).as(text).isEqualTo(expected);
        }
    }

    @Test
    void parse_anyFloatAsJavaPrintsIt_isThatFloat() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 300_000; i++) {
            float value = Float.intBitsToFloat(random.nextInt());
            if (Float.isFinite(value)) {
                assertSame(Float.toString(value));
            }
        }
    }

    @Test
    void parse_randomDigitsPointAndExponent_roundsAsTheJdk() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 300_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
            int digits = 1 + random.nextInt(22);
            int point = random.nextInt(digits + 1);
            for (int d = 0; d < digits; d++) {
                text.append(d == point ? "." : "").append(random.nextInt(10));
            }
            if (random.nextInt(3) == 0) {
                text.append(random.nextBoolean() ? 'e' : 'E').append(random.nextInt(100) - 55);
            }
            assertSame(text.toString());
        }
    }

    @Test
    void parse_nextToHalfwayBetweenTwoFloats_isNotRoundedTwice() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 100_000; i++) {
            float value = random.nextInt(1 << 24) / (float) (1 << random.nextInt(30));
            double halfway = (value + (double) Math.nextUp(value)) / 2;
            String exact = String.format(Locale.ROOT, "%.17g", halfway);
            assertSame(exact);
            assertSame(exact + "1");
            assertSame(exact.substring(0, 12));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "0.0",
                "5.",
                ".5",
                "+1",
                "1e-45",
                "1.4e-45",
                "7e-46",
                "1e39",
                "3.4028235e38",
                "3.4028236e38",
                "16777217",
                "9007199254740993",
                "0.000000000000000000000000000001",
                "00000000000000000000000000000.5",
                "1e999999999999",
                "1e-999999999999",
                "123456789012345678901234567890",
                "4.980e-01",
                "2.225e-308"
            })
    void parse_atTheEdges_roundsAsTheJdk(String text) {
        assertSame(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                ".",
                "e5",
                "1e",
                "1e+",
                "1.2.3",
                "1f",
                "1d",
                "0x10",
                "NaN",
                "Infinity",
                " 1",
                "1 ",
                "1,2",
                "١",
                "--1",
                "1e5.0"
            })
    void parse_whatIsNoDecimalNumber_isNaN(String text) {
        assertThat(parse(text)).isNaN();
    }
}
