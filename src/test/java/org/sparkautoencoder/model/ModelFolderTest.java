package org.sparkautoencoder.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkautoencoder.csv.BadInputException;
import org.sparkautoencoder.kernel.InitialWeights;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.OutputLayer;

final class ModelFolderTest {
    private static final Layers LAYERS = new Layers(6, 4, 6);

    @TempDir
    java.nio.file.Path folder;

    private final Configuration conf = new Configuration();
    private final float[] parameters = InitialWeights.draw(LAYERS, 1);
    private Path model;

    @BeforeEach
    void name() {
        model = new Path(folder.toUri().toString(), "a model");
    }

    @Test
    void model_writtenAndRead_isTheSame() throws IOException {
        ModelFolder.write(model, conf, LAYERS, parameters, Map.of("model", "denoising"));
        Map<String, Object> description = ModelFolder.describe(model, conf);
        assertThat(description).containsEntry("model", "denoising");
        assertThat(description).containsEntry("weights_sha256", ModelFolder.sha256(parameters));
        assertThat(ModelFolder.layers(description)).isEqualTo(LAYERS);
        assertThat(ModelFolder.parameters(model, conf, ModelFolder.describe(model, conf)))
                .isEqualTo(parameters);
        assertThat(folder.toFile().list()).containsExactly("a model");
    }

    @Test
    void tensors_readAsTheFormatSays_haveNamesShapesAndLittleEndianFloats() throws IOException {
        ModelFolder.write(model, conf, LAYERS, parameters, Map.of());
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("a model/model.safetensors")))
                .order(ByteOrder.LITTLE_ENDIAN);
        int header = (int) file.getLong();
        assertThat(header % 8).isZero();
        assertThat(new String(file.array(), 8, header, StandardCharsets.UTF_8))
                .contains("\"W2\":{\"dtype\":\"F32\",\"shape\":[6,4],\"data_offsets\":[112,208]}")
                .contains("\"b2\":{\"dtype\":\"F32\",\"shape\":[6],\"data_offsets\":[208,232]}");
        assertThat(file.getFloat(8 + header + 112)).isEqualTo(parameters[LAYERS.weights(2)]);
    }

    @Test
    void model_thatExists_isNotOverwritten() throws IOException {
        ModelFolder.write(model, conf, LAYERS, parameters, Map.of());
        assertThatThrownBy(() -> ModelFolder.write(model, conf, LAYERS, new float[58], Map.of()))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(ModelFolder.parameters(model, conf, ModelFolder.describe(model, conf)))
                .isEqualTo(parameters);
    }

    @Test
    void model_thatIsNone_isRefusedByName() throws IOException {
        assertThatThrownBy(() -> ModelFolder.describe(model, conf)).hasMessageContaining("is not a model");
        ModelFolder.write(model, conf, LAYERS, parameters, Map.of());
        Map<String, Object> other = ModelFolder.describe(model, conf);
        other.put("layers", List.of(6, 5, 6));
        assertThatThrownBy(() -> ModelFolder.parameters(model, conf, other))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("6-5-6");
        for (Object layers : new Object[] {null, "6-4-6", List.of(6), List.of(6, 4.5, 6), List.of(6, 0, 6)}) {
            other.put("layers", layers);
            assertThatThrownBy(() -> ModelFolder.parameters(model, conf, other))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("layers");
        }
    }

    @Test
    void model_damaged_isRefused() throws IOException {
        ModelFolder.write(model, conf, LAYERS, parameters, Map.of("model", "autoencoder"));
        java.nio.file.Path file = folder.resolve("a model/model.safetensors");
        byte[] whole = Files.readAllBytes(file);
        Files.deleteIfExists(folder.resolve("a model/.model.safetensors.crc")); // Hadoop would compare it
        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 1;
            Files.write(file, flipped);
            assertThatThrownBy(() -> SavedModel.read(model, conf))
                    .as("byte %d", at)
                    .isInstanceOf(BadInputException.class)
                    .message()
                    .doesNotContain("\n");
        }
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SavedModel.read(model, conf)).isInstanceOf(BadInputException.class);
        }
        Files.write(file, whole);
        assertThat(SavedModel.read(model, conf).parameters()).isEqualTo(parameters);
    }

    @Test
    void outputLayer_isThatOfTheLastActivation() throws IOException {
        for (OutputLayer outputLayer : OutputLayer.values()) {
            Path saved = new Path(model, outputLayer.text());
            ModelFolder.write(
                    saved, conf, LAYERS, parameters, Map.of("activations", List.of("relu", outputLayer.text())));
            assertThat(SavedModel.read(saved, conf).outputLayer()).isEqualTo(outputLayer);
        }
        Path other = new Path(model, "other");
        ModelFolder.write(other, conf, LAYERS, parameters, Map.of("activations", List.of("relu", "tanh")));
        assertThatThrownBy(() -> SavedModel.read(other, conf))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("tanh");
    }

    @Test
    void initialWeights_sameSeed_areNormalAndTheSame() {
        Layers layers = new Layers(784, 200, 784);
        float[] drawn = InitialWeights.draw(layers, 7);
        assertThat(drawn).isEqualTo(InitialWeights.draw(layers, 7)).isNotEqualTo(InitialWeights.draw(layers, 8));
        double squares = 0;
        double fourth = 0;
        int weights = layers.biases(1);
        for (int i = 0; i < weights; i++) {
            squares += Math.pow(drawn[i] / InitialWeights.DEVIATION, 2);
            fourth += Math.pow(drawn[i] / InitialWeights.DEVIATION, 4);
        }
        assertThat(squares / weights).isBetween(0.98, 1.02);
        assertThat(fourth / weights).isBetween(2.9, 3.1);
        assertThat(drawn[layers.biases(1)]).isZero();
    }
}
