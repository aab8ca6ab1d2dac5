package org.sparkautoencoder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparkautoencoder.training.Epoch;

/** What each kind of progress shows of a training. */
final class ProgressTest {
    private static String shown(Progress.Kind kind) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        try (Progress progress = Progress.of(kind, 3, out)) {
            for (int epoch = 0; epoch < 3; epoch++) {
                progress.epoch(new Epoch(0, epoch, 0.5 - 0.1 * epoch, null, 0.5, null, 1, 400, false, null, null));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    // The tests' output is no terminal.
    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "AUTO"})
    void progress_noTerminal_isLinesOfTheFirstAndTheLastEpoch(Progress.Kind kind) {
        assertThat(shown(kind).lines())
                .hasSize(2)
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("epoch   0 of 3  train 0.50000"),
                        line -> assertThat(line)
                                .startsWith("epoch   2 of 3  train 0.30000")
                                .contains("s left at most"));
    }

    @Test
    void progress_bar_isRedrawnInPlaceAndWipedAtTheEnd() {
        assertThat(shown(Progress.Kind.BAR))
                .contains("epoch 1 of 3  train 0.50000", "400 rows/s")
                .endsWith("\r\u001b[1A\u001b[J");
    }

    @Test
    void progress_none_isNothing() {
        assertThat(shown(Progress.Kind.NONE)).isEmpty();
    }
}
