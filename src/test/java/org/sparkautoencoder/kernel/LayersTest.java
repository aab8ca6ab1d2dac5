package org.sparkautoencoder.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class LayersTest {
    @Test
    void layout_784_200_784_isWeightsThenBiasesLayerByLayer() {
        Layers layers = new Layers(784, 200, 784);
        assertThat(layers.weights(1)).isZero();
        assertThat(layers.biases(1)).isEqualTo(156_800);
        assertThat(layers.weights(2)).isEqualTo(157_000);
        assertThat(layers.biases(2)).isEqualTo(313_800);
        assertThat(layers.parameters()).isEqualTo(314_584);
        assertThat(layers).hasToString("784-200-784").isEqualTo(new Layers(784, 200, 784));
    }

    @Test
    void layers_thatMakeNoNetwork_areRefusedWithTheirValue() {
        assertThatThrownBy(() -> new Layers(7)).hasMessageContaining("got 1");
        assertThatThrownBy(() -> new Layers(7, 0, 7))
                .hasMessageContaining("layer 1")
                .hasMessageContaining("got 0");
        assertThatThrownBy(() -> new Layers(100_000, 100_000)).hasMessageContaining("2^31");
    }

    @Test
    void momentum_outOfRange_isRefusedWithItsValue() {
        assertThatThrownBy(() -> new Momentum(0f, 0.9f)).hasMessageContaining("got 0.0");
        assertThatThrownBy(() -> new Momentum(Float.NaN, 0.9f)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new Momentum(0.1f, 1f)).hasMessageContaining("got 1.0");
    }

    @Test
    void targets_anyWidthAndRows_areTransposed() {
        float[] source = Wave.of(5 * 37, 0, 1, 0);
        int[] rows = {4, 0, 0, 3};
        float[] out = new float[3 * 37];
        Transposition.gather(source, 37, 0, 37, rows, 1, 3, out);
        for (int j = 0; j < 37; j++) {
            for (int r = 0; r < 3; r++) {
                assertThat(out[j * 3 + r]).isEqualTo(source[rows[1 + r] * 37 + j]);
            }
        }
    }
}
