package org.sparkautoencoder.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xerial.snappy.Snappy;

/** Against the native one. */
final class JavaSnappyTest {
    private static final JavaSnappy OURS = new JavaSnappy();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 70_000})
    void bytes_ofOne_areReadByTheOther(int length) throws IOException {
        byte[] plain = plain(length);
        byte[] compressed = new byte[OURS.maxCompressedLength(length) + 3];
        int size = OURS.rawCompress(plain, 0, length, compressed, 3);
        assertThat(Snappy.uncompress(Arrays.copyOfRange(compressed, 3, 3 + size)))
                .isEqualTo(plain);

        byte[] theirs = Snappy.compress(plain);
        byte[] back = new byte[OURS.uncompressedLength(theirs, 0, theirs.length)];
        assertThat(OURS.rawUncompress(theirs, 0, theirs.length, back, 0)).isEqualTo(length);
        assertThat(back).isEqualTo(plain);
        assertThat(OURS.isValidCompressedBuffer(theirs, 0, theirs.length)).isTrue();
    }

    @Test
    void directBuffers_asParquetUsesThem_areReadByTheOther() throws IOException {
        byte[] plain = plain(5_000);
        ByteBuffer input = ByteBuffer.allocateDirect(5_010).put(7, plain);
        ByteBuffer output = ByteBuffer.allocateDirect(OURS.maxCompressedLength(5_000) + 2);
        int size = OURS.rawCompress(input, 7, 5_000, output, 2);
        byte[] compressed = new byte[size];
        output.get(2, compressed);
        assertThat(Snappy.uncompress(compressed)).isEqualTo(plain);

        assertThat(OURS.uncompressedLength(output, 2, size)).isEqualTo(5_000);
        ByteBuffer back = ByteBuffer.allocateDirect(5_000);
        assertThat(OURS.rawUncompress(output, 2, size, back, 0)).isEqualTo(5_000);
        byte[] read = new byte[5_000];
        back.get(0, read);
        assertThat(read).isEqualTo(plain);
    }

    @Test
    void bytes_damaged_areRefused() throws IOException {
        byte[] compressed = Snappy.compress(plain(1_000));
        compressed[compressed.length / 2] ^= 0x55;
        byte[] cut = Arrays.copyOf(compressed, compressed.length / 2);
        assertThat(OURS.isValidCompressedBuffer(cut, 0, cut.length)).isFalse();
        assertThatThrownBy(() -> OURS.rawUncompress(cut, 0, cut.length, new byte[1_000], 0))
                .isInstanceOf(IOException.class);
    }

    private static byte[] plain(int length) {
        Random random = new Random(length);
        byte[] plain = new byte[length];
        for (int i = 0; i < length; i++) {
            plain[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : i % 13);
        }
        return plain;
    }
}
