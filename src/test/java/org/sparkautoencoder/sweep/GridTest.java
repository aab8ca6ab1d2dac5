package org.sparkautoencoder.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Grids as they are written, and the combinations that they stand for. */
final class GridTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "learning-rate=0.1,0.01|0.1 0.01",
                "learning-rate = 0.1, 0.01|0.1 0.01",
                "learning-rate=log:0.0001:0.1:4|0.0001 0.001 0.01 0.1",
                "learning-rate=log:0.001:0.1:5|0.001 0.003162278 0.01 0.03162278 0.1",
                "momentum=linear:0.5:0.9:3|0.5 0.7 0.9",
                "momentum=linear:-1:1:2|-1 1",
                "batch-size=log:16:64:3|16 32 64",
                "batch-size=linear:1:3:9|1 2 3",
                "hidden=200;400,100|200 400,100",
                "model=denoising|denoising",
            })
    void axis_asWritten_hasTheseValues(String text, String values) {
        assertThat(axis(text).values()).containsExactly(values.split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "learning-rate|is not NAME=VALUES, such as learning-rate=0.1,0.01",
                "learning-rate=|is not NAME=VALUES",
                "=0.1|is not NAME=VALUES",
                "learning-rate=0.1,,1|has an empty value",
                "learning-rate=0.1,0.1|learning-rate has a value twice",
                "learning-rate=log:0:1:4|a logarithmic range starts above 0",
                "learning-rate=log:1:0.1:4|the first number must be below the second",
                "learning-rate=log:0.1:1:1|a range has at least 2 steps",
                "learning-rate=log:0.1|a range has two or three numbers",
                "learning-rate=linear:a:1:2|is not a range such as",
            })
    void axis_notSoWritten_isRefusedWithTheReason(String text, String reason) {
        assertThatThrownBy(() -> axis(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void product_severalSettings_lastChangesFirst() {
        assertThat(Grid.product(List.of(axis("a=1,2"), axis("b=x,y"))))
                .extracting(Grid::text)
                .containsExactly("a=1 b=x", "a=1 b=y", "a=2 b=x", "a=2 b=y");
        assertThat(Grid.product(List.of())).containsExactly(Map.of());
        assertThatThrownBy(() -> Grid.product(List.of(axis("a=1,2"), axis("a=3"))))
                .hasMessage("a is given twice");
        assertThatThrownBy(() -> Grid.product(List.of(axis("a=log:1:2"))))
                .hasMessageContaining("a is a range without a number of steps");
    }

    @Test
    void draw_sameSeed_isTheSameAndALongerOneGoesOn() {
        List<Axis> axes = List.of(axis("learning-rate=log:0.0001:0.1"), axis("batch-size=linear:16:64"), axis("x=p,q"));
        List<Map<String, String>> sampled = Grid.sample(axes, 200, 1);
        assertThat(Grid.sample(axes, 20, 1)).isEqualTo(sampled.subList(0, 20));
        assertThat(Grid.sample(axes, 20, 2)).isNotEqualTo(sampled.subList(0, 20));
        assertThat(sampled).allSatisfy(combination -> {
            assertThat(Double.parseDouble(combination.get("learning-rate"))).isBetween(0.0001, 0.1);
            assertThat(Integer.parseInt(combination.get("batch-size"))).isBetween(16, 64);
        });
        // On a logarithmic range half of them lie below the geometric mean.
        assertThat(sampled.stream()
                        .filter(combination -> Double.parseDouble(combination.get("learning-rate")) < 0.00316)
                        .count())
                .isBetween(75L, 125L);
        assertThat(sampled).extracting(combination -> combination.get("x")).contains("p", "q");
    }

    private static Axis axis(String text) {
        return Axis.parse(text, name -> name.equals("batch-size"));
    }
}
