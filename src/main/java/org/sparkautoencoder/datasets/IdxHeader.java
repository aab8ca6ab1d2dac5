package org.sparkautoencoder.datasets;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.sparkautoencoder.csv.BadInputException;

/** The header of an IDX file of unsigned bytes, MNIST's format, which fits the file's length. */
final class IdxHeader {
    // Two zero bytes, the type of the values, the number of dimensions; one big-endian int a dimension; the values in
    // row-major order (yann.lecun.com/exdb/mnist).
    static final int UNSIGNED_BYTES = 0x08;
    static final int MAGIC_BYTES = 4;

    private static final int INT_BYTES = 4;

    private final int[] shape;
    private final int start;
    private final int itemSize;

    private IdxHeader(int[] shape, int start, int itemSize) {
        this.shape = shape;
        this.start = start;
        this.itemSize = itemSize;
    }

    /** Bytes of a header with so many dimensions. */
    static int bytes(int dimensions) {
        return MAGIC_BYTES + INT_BYTES * dimensions;
    }

    /**
     * @param name what messages call the file
     * @param head the file's first bytes: the header, or all that there is of it
     * @param length bytes of the whole file
     * @param dimensions how many it must have: 3 for images, 1 for labels
     * @throws BadInputException naming the file, the offset and what stands there
     */
    static IdxHeader parse(String name, byte[] head, long length, int dimensions) {
        int magic = UNSIGNED_BYTES << 8 | dimensions;
        int start = bytes(dimensions);
        if (head.length < start) {
            throw new BadInputException(name + " ends at offset " + length + ", inside the " + start
                    + " bytes of an IDX header with " + dimensions + " dimension(s)");
        }
        ByteBuffer header = ByteBuffer.wrap(head, 0, start);
        int found = header.getInt();
        if (found != magic) {
            throw new BadInputException(String.format(
                    "%s, offset 0: magic number 0x%08x where an IDX file of unsigned bytes with %d dimension(s) has"
                            + " 0x%08x",
                    name, found, dimensions, magic));
        }
        int[] shape = new int[dimensions];
        long size = 1;
        for (int i = 0; i < dimensions; i++) {
            int offset = header.position();
            shape[i] = header.getInt();
            if (shape[i] < 1) {
                throw new BadInputException(name + ", offset " + offset + ": dimension " + i + " is " + shape[i]);
            }
            size = Math.min(size * shape[i], Integer.MAX_VALUE); // cannot overflow: both factors are ints
        }
        if (length != start + size) {
            throw new BadInputException(name + " ends at offset " + length + " where its header, dimensions "
                    + Arrays.toString(shape) + ", asks for " + (start + size) + " bytes");
        }
        return new IdxHeader(shape, start, (int) (size / shape[0]));
    }

    int items() {
        return shape[0];
    }

    /** Of an image: 1 is its height, 2 its width. */
    int dimension(int index) {
        return shape[index];
    }

    /** Values of an item: 1 for labels, rows x columns for images. */
    int itemSize() {
        return itemSize;
    }

    /** Where item {@code item} starts in the file; the one after the last starts at the file's end. */
    int start(int item) {
        return start + item * itemSize;
    }
}
