package org.sparkautoencoder.runs;

/**
 * How the values of a row form a picture: square where they can, else one column.
 *
 * @param width pixels
 * @param height pixels
 * @param orientation how they lie in the row
 */
public record ImageLayout(int width, int height, Orientation orientation) {
    /** How a picture's pixels lie in a row. */
    public enum Orientation {
        /** Line by line from the top. */
        UPRIGHT,
        /** Column by column from the left. */
        TRANSPOSED
    }

    static ImageLayout of(int values, Orientation orientation) {
        int side = (int) Math.round(Math.sqrt(values));
        return side * side == values
                ? new ImageLayout(side, side, orientation)
                : new ImageLayout(1, values, Orientation.UPRIGHT);
    }

    /** The picture line by line from the top, of a row that begins at {@code offset}. */
    float[] upright(float[] values, int offset) {
        float[] pixels = new float[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = orientation == Orientation.TRANSPOSED ? x * height + y : y * width + x;
                pixels[y * width + x] = values[offset + at];
            }
        }
        return pixels;
    }
}
