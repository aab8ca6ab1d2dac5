package org.sparkautoencoder.datasets;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.sparkautoencoder.csv.BadInputException;

/** An array of unsigned bytes from an IDX file, MNIST's format: items along the first dimension. */
final class IdxArray {
    // Two zero bytes, 0x08 for unsigned bytes, the number of dimensions; one big-endian int a dimension; the bytes in
    // row-major order (yann.lecun.com/exdb/mnist).
    private static final int UNSIGNED_BYTES = 0x0800;
    private static final int INT_BYTES = 4;

    private final int[] shape;
    private final int start;
    private final int itemSize;
    private final byte[] bytes;

    private IdxArray(int[] shape, int start, int itemSize, byte[] bytes) {
        this.shape = shape;
        this.start = start;
        this.itemSize = itemSize;
        this.bytes = bytes;
    }

    /**
     * Reads an uncompressed IDX file.
     *
     * @param name what messages call the file
     * @param dimensions how many it must have: 3 for images, 1 for labels
     * @throws BadInputException naming the file, the offset and what stands there
     */
    static IdxArray parse(String name, byte[] bytes, int dimensions) {
        int magic = UNSIGNED_BYTES | dimensions;
        int start = INT_BYTES * (1 + dimensions);
        if (bytes.length < start) {
            throw new BadInputException(name + " ends at offset " + bytes.length + ", inside the " + start
                    + " bytes of an IDX header with " + dimensions + " dimension(s)");
        }
        ByteBuffer header = ByteBuffer.wrap(bytes, 0, start);
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
            shape[i] = header.getInt();
            if (shape[i] < 1) {
                throw new BadInputException(
                        name + ", offset " + INT_BYTES * (1 + i) + ": dimension " + i + " is " + shape[i]);
            }
            size = Math.min(size * shape[i], Integer.MAX_VALUE); // cannot overflow: both factors are ints
        }
        if (bytes.length != start + size) {
            throw new BadInputException(name + " ends at offset " + bytes.length + " where its header, dimensions "
                    + Arrays.toString(shape) + ", asks for " + (start + size) + " bytes");
        }
        return new IdxArray(shape, start, (int) (size / shape[0]), bytes);
    }

    int items() {
        return shape[0];
    }

    /** Values of an item: 1 for labels, rows x columns for images. */
    int itemSize() {
        return itemSize;
    }

    /** 0..255. */
    int value(int item, int index) {
        return bytes[start + item * itemSize + index] & 0xff;
    }

    /** Copies item {@code item} to {@code target}, row by row as the file has it. */
    void copy(int item, byte[] target) {
        System.arraycopy(bytes, start + item * itemSize, target, 0, itemSize);
    }

    /** Copies image {@code item} to {@code target}, column by column. */
    void copyTransposed(int item, byte[] target) {
        int rows = shape[1];
        int columns = shape[2];
        int from = start + item * itemSize;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                target[column * rows + row] = bytes[from + row * columns + column];
            }
        }
    }
}
