package org.sparkautoencoder.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkautoencoder.exchange.TimeSpent;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.Snapshot;

final class CheckpointTest {
    private static final Layers LAYERS = new Layers(5, 3, 5);
    private static final int MUTATIONS = 10_000;

    @TempDir
    private Path folder;

    private static Checkpoint checkpoint(int epochs) {
        Random random = new Random(epochs);
        float[] parameters = new float[LAYERS.parameters()];
        float[] velocity = new float[LAYERS.parameters()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = random.nextFloat();
            velocity[i] = -random.nextFloat();
        }
        List<Double> errors =
                IntStream.range(0, epochs).mapToObj(i -> random.nextDouble()).toList();
        Epoch last =
                new Epoch(1, epochs - 1, 0.25, null, 0.5, null, 1.5, 200, false, new TimeSpent(1, 2, 3, 4), 1.0 / 3);
        return new Checkpoint(
                new Snapshot(epochs, parameters, velocity), errors, List.of(last), 2, Map.of("run_id", "r"));
    }

    private CheckpointFolder checkpoints() throws IOException {
        return CheckpointFolder.at(
                new org.apache.hadoop.fs.Path(folder.resolve("r").toUri()), new Configuration());
    }

    private static void assertSame(Checkpoint read, Checkpoint written) {
        assertThat(read.snapshot().parameters()).isEqualTo(written.snapshot().parameters());
        assertThat(read.snapshot().velocity()).isEqualTo(written.snapshot().velocity());
        assertThat(read.snapshot().epochs()).isEqualTo(written.snapshot().epochs());
        assertThat(read.errors()).isEqualTo(written.errors());
        assertThat(read.unwritten()).isEqualTo(written.unwritten());
        assertThat(read.attempts()).isEqualTo(written.attempts());
        assertThat(read.about()).isEqualTo(written.about());
    }

    @Test
    void write_thenRead_isTheSame() throws IOException {
        Checkpoint written = checkpoint(7);
        assertSame(Checkpoint.read("c", written.write(LAYERS)), written);
    }

    @Test
    void read_truncatedAtAnyLength_isRefused() {
        byte[] file = checkpoint(7).write(LAYERS);
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> Checkpoint.read("cut", cut))
                    .as("%d bytes", length)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("cut ");
        }
    }

    @Test
    void read_anyBitFlipped_isRefused() {
        byte[] file = checkpoint(7).write(LAYERS);
        for (int bit = 0; bit < 8 * file.length; bit++) {
            byte[] flipped = file.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatThrownBy(() -> Checkpoint.read("flipped", flipped))
                    .as("bit %d", bit)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("flipped ");
        }
    }

    @Test
    void read_mutatedAnyhow_isRefused() {
        byte[] file = checkpoint(7).write(LAYERS);
        Random random = new Random(1);
        for (int i = 0; i < MUTATIONS; i++) {
            int from = random.nextInt(file.length);
            int to = Math.min(file.length, from + 1 + random.nextInt(64));
            byte[] mutated = file.clone();
            for (int at = from; at < to; at++) {
                mutated[at] = (byte) random.nextInt();
            }
            if (!Arrays.equals(mutated, file)) {
                assertThatThrownBy(() -> Checkpoint.read("mutated", mutated)).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void newest_damaged_isTheOneBefore() throws IOException {
        CheckpointFolder checkpoints = checkpoints();
        assertThat(checkpoints.newest()).isNull();
        for (int epochs = 1; epochs <= 4; epochs++) {
            checkpoints.write(checkpoint(epochs), LAYERS);
        }
        assertThat(folder.resolve("r").toFile().list())
                .containsExactlyInAnyOrder("epoch-00000003.safetensors", "epoch-00000004.safetensors");
        assertSame(checkpoints.newest(), checkpoint(4));
        Path newest = folder.resolve("r/epoch-00000004.safetensors");
        Files.write(newest, Arrays.copyOf(Files.readAllBytes(newest), 1000));
        assertSame(checkpoints.newest(), checkpoint(3));
        Files.write(folder.resolve("r/epoch-00000003.safetensors"), new byte[0]);
        assertThatThrownBy(checkpoints::newest).isInstanceOf(IOException.class).hasMessageContaining("epoch-00000003");
    }
}
