package org.sparkautoencoder.datasets;

import org.sparkautoencoder.csv.BadInputException;

/** An array of unsigned bytes from an IDX file, MNIST's format: items along the first dimension. */
final class IdxArray {
    private final IdxHeader header;
    private final byte[] bytes;

    /** @param bytes the whole file, uncompressed */
    IdxArray(IdxHeader header, byte[] bytes) {
        this.header = header;
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
        return new IdxArray(IdxHeader.parse(name, bytes, bytes.length, dimensions), bytes);
    }

    int items() {
        return header.items();
    }

    /** Values of an item: 1 for labels, rows x columns for images. */
    int itemSize() {
        return header.itemSize();
    }

    /** Of an image: 1 is its height, 2 its width. */
    int dimension(int index) {
        return header.dimension(index);
    }

    /** 0..255. */
    int value(int item, int index) {
        return bytes[header.start(item) + index] & 0xff;
    }

    /** The largest value of all. */
    int largest() {
        int largest = 0;
        for (int i = header.start(0); i < bytes.length; i++) {
            largest = Math.max(largest, bytes[i] & 0xff);
        }
        return largest;
    }

    /** Copies item {@code item} to {@code target}, row by row as the file has it. */
    void copy(int item, byte[] target) {
        System.arraycopy(bytes, header.start(item), target, 0, header.itemSize());
    }

    /** Copies image {@code item} to {@code target}, column by column. */
    void copyTransposed(int item, byte[] target) {
        int rows = header.dimension(1);
        int columns = header.dimension(2);
        int from = header.start(item);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                target[column * rows + row] = bytes[from + row * columns + column];
            }
        }
    }
}
