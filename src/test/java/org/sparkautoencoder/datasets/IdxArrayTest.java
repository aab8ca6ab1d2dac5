package org.sparkautoencoder.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.sparkautoencoder.csv.BadInputException;

final class IdxArrayTest {
    /** Two images of 2 rows x 3 columns, values 0..11. */
    private static byte[] twoImages() {
        ByteBuffer file = ByteBuffer.allocate(16 + 12);
        file.putInt(0x803).putInt(2).putInt(2).putInt(3);
        for (int i = 0; i < 12; i++) {
            file.put((byte) i);
        }
        return file.array();
    }

    @Test
    void parse_images_givesItemsAndTheirTransposes() {
        IdxArray images = IdxArray.parse("f", twoImages(), 3);
        byte[] pixels = new byte[6];
        assertThat(images.items()).isEqualTo(2);
        assertThat(images.itemSize()).isEqualTo(6);
        images.copy(1, pixels);
        assertThat(pixels).containsExactly(6, 7, 8, 9, 10, 11);
        images.copyTransposed(1, pixels);
        assertThat(pixels).containsExactly(6, 9, 7, 10, 8, 11);
    }

    @Test
    void parse_labels_areUnsigned() {
        byte[] file = {0, 0, 8, 1, 0, 0, 0, 2, 7, (byte) 200};
        IdxArray labels = IdxArray.parse("f", file, 1);
        assertThat(labels.value(0, 0)).isEqualTo(7);
        assertThat(labels.value(1, 0)).isEqualTo(200);
    }

    @Test
    void parse_labelsWhereImagesAreAsked_saysMagicAndOffset() {
        byte[] file = twoImages();
        file[3] = 1;
        assertThatThrownBy(() -> IdxArray.parse("pictures.idx", file, 3))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("pictures.idx, offset 0")
                .hasMessageContaining("0x00000801")
                .hasMessageContaining("0x00000803");
    }

    @Test
    void parse_everyTruncation_saysWhereItEnds() {
        byte[] file = twoImages();
        for (int length = 0; length < file.length; length++) {
            byte[] part = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> IdxArray.parse("f", part, 3))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("f ends at offset " + length);
        }
    }

    @Test
    void parse_oneByteTooMany_isRefused() {
        byte[] file = Arrays.copyOf(twoImages(), 29);
        assertThatThrownBy(() -> IdxArray.parse("f", file, 3)).hasMessageContaining("asks for 28 bytes");
    }

    @Test
    void parse_dimensionsBeyondMemory_areRefused() {
        byte[] file = ByteBuffer.allocate(16)
                .putInt(0x803)
                .putInt(Integer.MAX_VALUE)
                .putInt(Integer.MAX_VALUE)
                .putInt(Integer.MAX_VALUE)
                .array();
        assertThatThrownBy(() -> IdxArray.parse("f", file, 3)).isInstanceOf(BadInputException.class);
        file[8] = (byte) 0x80;
        assertThatThrownBy(() -> IdxArray.parse("f", file, 3)).hasMessageContaining("offset 8: dimension 1 is -");
    }
}
