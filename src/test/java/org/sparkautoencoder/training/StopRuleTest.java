package org.sparkautoencoder.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StopRuleTest {
    private final PlateauRule rule = new PlateauRule(5, 0.01);

    @Test
    void fires_errorChangedLessThanOnePercentOverFiveEpochs_yes() {
        assertThat(rule.fires(List.of(1.0, 0.999, 0.998, 0.997, 0.996, 0.991))).isTrue();
        assertThat(rule.fires(List.of(1.0, 0.999, 0.998, 0.997, 0.996, 1.009))).isTrue();
    }

    @Test
    void fires_errorChangedMoreOrTooFewEpochs_no() {
        assertThat(rule.fires(List.of(1.0, 0.999, 0.998, 0.997, 0.996, 0.98))).isFalse();
        assertThat(rule.fires(List.of(1.0, 1.0, 1.0, 1.0, 1.0))).isFalse();
        assertThat(rule.fires(List.of(1.0, 0.999, 0.998, 0.997, 0.996, 1.02))).isFalse();
        assertThat(rule.fires(new ArrayList<>())).isFalse();
    }

    @Test
    void errorBelow_firesOnceTheLastErrorIsBelowTheLimit() {
        TargetErrorRule below = new TargetErrorRule(0.01);
        assertThat(below.fires(List.of(0.2, 0.009))).isTrue();
        assertThat(below.fires(List.of(0.009, 0.01))).isFalse();
        assertThat(below.fires(List.of())).isFalse();
        assertThatThrownBy(() -> new TargetErrorRule(0)).hasMessageContaining("got 0.0");
    }

    @Test
    void rule_thatMakesNoSense_isRefusedWithItsValue() {
        assertThatThrownBy(() -> new PlateauRule(0, 0.01)).hasMessageContaining("got 0");
        assertThatThrownBy(() -> new PlateauRule(5, 0)).hasMessageContaining("got 0.0");
        assertThatThrownBy(() -> new PlateauRule(5, Double.NaN)).hasMessageContaining("NaN");
    }
}
