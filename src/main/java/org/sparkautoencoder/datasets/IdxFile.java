package org.sparkautoencoder.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import org.sparkautoencoder.csv.BadInputException;

/** IDX files of any data set, plain or gzip: images of unsigned bytes, and labels 0..255. */
final class IdxFile {
    private IdxFile() {}

    /** What a file has to hold. */
    private enum Content {
        IMAGES(3, "images", "number, height and width", "--images"),
        LABELS(1, "labels", "their number", "--labels");

        private final int dimensions;
        private final String items;
        private final String meaning;
        private final String option;

        Content(int dimensions, String items, String meaning, String option) {
            this.dimensions = dimensions;
            this.items = items;
            this.meaning = meaning;
            this.option = option;
        }
    }

    /** The images of an IDX file, in its order. */
    private static final class Images implements RawImages {
        private final IdxArray array;
        private final byte[][] texts = PixelText.integers();
        private final byte[] pixels; // of the image that is written

        private Images(IdxArray array) {
            this.array = array;
            this.pixels = new byte[array.itemSize()];
        }

        @Override
        public int count() {
            return array.items();
        }

        @Override
        public int width() {
            return array.itemSize();
        }

        @Override
        public double largest() {
            return array.largest();
        }

        @Override
        public void write(int image, int label, RowWriter out) throws IOException {
            array.copy(image, pixels);
            out.row(pixels, texts, label);
        }

        @Override
        public Map<String, String> facts() {
            return Map.of(
                    Provenance.HEIGHT, String.valueOf(array.dimension(1)),
                    Provenance.WIDTH, String.valueOf(array.dimension(2)),
                    Provenance.PIXEL_FORMAT, "whole numbers");
        }
    }

    /** Whether a file begins with the two zero bytes of IDX, with which no text begins. */
    static boolean startsLikeOne(byte[] head) {
        return head.length >= 2 && head[0] == 0 && head[1] == 0;
    }

    static RawImages images(Path file) throws IOException {
        return new Images(read(file, Content.IMAGES));
    }

    static int[] labels(Path file) throws IOException {
        IdxArray array = read(file, Content.LABELS);
        int[] labels = new int[array.items()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = array.value(i, 0);
        }
        return labels;
    }

    private static IdxArray read(Path file, Content content) throws IOException {
        IdxHeader header = header(file, content);
        int size = header.start(header.items());
        try (InputStream in = RawFile.open(file)) {
            byte[] bytes = new byte[size];
            int read = in.readNBytes(bytes, 0, bytes.length);
            if (read < size) {
                throw new BadInputException(file + " has become shorter while it was read: get it again");
            }
            return new IdxArray(header, bytes);
        } catch (OutOfMemoryError e) { // of the one large array
            throw new BadInputException(
                    file + " does not fit into the memory: it takes " + (size >> 20)
                            + " MiB: give more with --driver-memory, before the command",
                    e);
        }
    }

    /** The header, checked against the length of the content before memory is taken for it. */
    private static IdxHeader header(Path file, Content content) throws IOException {
        byte[] head;
        long length;
        try (InputStream in = RawFile.open(file)) {
            head = in.readNBytes(IdxHeader.bytes(content.dimensions));
            length = head.length + in.transferTo(OutputStream.nullOutputStream());
        }
        if (head.length >= IdxHeader.MAGIC_BYTES) {
            requireUnsignedBytes(file, head[2] & 0xff);
            requireDimensions(file, head[3] & 0xff, content);
        }
        if (length > Integer.MAX_VALUE) {
            throw new BadInputException(
                    file + " has " + length + " bytes, uncompressed: at most 2 GiB can be read: cut it in parts");
        }
        try {
            return IdxHeader.parse(file.toString(), head, length, content.dimensions);
        } catch (BadInputException e) {
            throw new BadInputException(e.getMessage() + ": the file is damaged or cut short: get it again", e);
        }
    }

    private static void requireUnsignedBytes(Path file, int type) {
        if (type == IdxHeader.UNSIGNED_BYTES) {
            return;
        }
        String values = switch (type) {
            case 0x09 -> "signed bytes";
            case 0x0b -> "16-bit integers";
            case 0x0c -> "32-bit integers";
            case 0x0d -> "32-bit floating-point numbers";
            case 0x0e -> "64-bit floating-point numbers";
            default -> null;
        };
        if (values == null) {
            throw new BadInputException(String.format(
                    "%s, offset 2: 0x%02x is no type of values in an IDX file (unsigned bytes are 0x08): it is damaged,"
                            + " or neither IDX nor text: get it again, or convert it",
                    file, type));
        }
        throw new BadInputException(file + " is an IDX file of " + values
                + ": convert it to unsigned bytes, the only values of IDX that can be read");
    }

    private static void requireDimensions(Path file, int dimensions, Content content) {
        if (dimensions == content.dimensions) {
            return;
        }
        for (Content other : Content.values()) {
            if (dimensions == other.dimensions) {
                throw new BadInputException(file + " is an IDX file with " + dimensions + " dimension(s), which has "
                        + other.items + ": name it with " + other.option + ", and the file of the " + content.items
                        + " with " + content.option);
            }
        }
        throw new BadInputException(file + " is an IDX file with " + dimensions + " dimension(s) where " + content.items
                + " have " + content.dimensions + " (" + content.meaning + "): convert it");
    }
}
