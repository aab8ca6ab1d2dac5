package org.sparkautoencoder.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The labels of rows in the tables. */
final class RowLabelTest {
    @Test
    void of_digitsAlone_haveTheirNumbers() {
        assertThat(RowLabel.of(List.of("3", "8"))).containsExactly(RowLabel.digit(3), RowLabel.digit(8));
    }

    @Test
    void of_anyOtherLabel_noneHasANumber() {
        for (String other : List.of("10", "-1", "03", "3.0", "", "\u0663", "cat")) {
            assertThat(RowLabel.of(List.of("3", other)))
                    .containsExactly(new RowLabel("3", null), new RowLabel(other, null));
        }
    }

    @Test
    void sorted_numbers_byTheirValues() {
        assertThat(RowLabel.sorted(List.of("10", "-1", "2.5", "9", "1e3")))
                .containsExactly("-1", "2.5", "9", "10", "1e3");
    }

    @Test
    void sorted_anyText_byText() {
        assertThat(RowLabel.sorted(List.of("dog", "10", "9", "cat"))).containsExactly("10", "9", "cat", "dog");
    }
}
