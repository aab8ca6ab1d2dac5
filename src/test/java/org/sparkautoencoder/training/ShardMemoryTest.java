package org.sparkautoencoder.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.sparkautoencoder.LocalSparkTest;
import org.sparkautoencoder.csv.BadInputException;

/** What fits is trained, what cannot fit is refused, and in between there is a warning. */
final class ShardMemoryTest extends LocalSparkTest {
    private static final TrainingSettings SETTINGS = SmallProblem.settings(1, 2, 1, null);
    private static final double HEAP = Runtime.getRuntime().maxMemory();

    private static String warning(double bytes) {
        return ShardMemory.check(spark, SETTINGS, SETTINGS.sharding(100), 2, "100 rows to train on", bytes);
    }

    @Test
    void bytes_mnistWithNoise_areThoseOfItsArrays() {
        assertThat(ShardMemory.bytes(60_000, 2 * 784)).isEqualTo(376_320_000 + 600_000);
    }

    @Test
    void check_twoThirdsOfTheHeap_isQuiet() {
        assertThat(warning(HEAP * 2 / 3)).isNull();
    }

    @Test
    void check_mostOfTheHeap_isAWarningThatSaysWhatToSet() {
        assertThat(warning(HEAP * 0.9))
                .startsWith("100 rows to train on, which a training keeps in memory: they need ")
                .contains("may be too little")
                .containsPattern("--driver-memory \\d+g of submit\\.sh");
    }

    @Test
    void check_moreThanTheHeap_isAnErrorThatSaysWhatToSet() {
        double bytes = HEAP + 10 * (1L << 30);
        assertThatThrownBy(() -> warning(bytes))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("100 rows to train on, which a training keeps in memory: they need ")
                .hasMessageContaining(
                        "(--driver-memory " + (long) Math.ceil(bytes / 0.7 / (1L << 30)) + "g of submit.sh")
                .hasMessageNotContaining("\n");
    }

    @Test
    void require_estimatedRows_areRefusedOnlyWhereTheyAreMoreThanTheHeap() {
        ShardMemory memory = ShardMemory.of(spark);
        long most = (long) (HEAP / (10 + 4 * 784));
        assertThatCode(() -> memory.require("a.csv", most - 1, 784)).doesNotThrowAnyException();
        assertThatThrownBy(() -> memory.require("a.csv", most + 1, 784))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("a.csv has at least ")
                .hasMessageContaining("rows of 784 values, which a training keeps in memory");
    }
}
