package org.sparkautoencoder.results;

import java.util.List;

/**
 * A row of the data as a picture: the original, the noised input, or the network's output without a threshold. Two rows are
 * equal only if they share their pixel array.
 *
 * @param model autoencoder or denoising
 * @param split train or test
 * @param view true, noised or decoded
 * @param rowId index of the row in its split, from 0
 * @param digit the label if all labels of the run are digits 0..9; null if not, or if the row has no label
 * @param width pixels, at least 1
 * @param height pixels, at least 1
 * @param error the row's error in this view; null for the true view
 * @param pixels height x width, row by row from the top, 0..1, or any number with linear outputs; null if one is not a
 *     number
 * @param label null if the row has none
 */
@SuppressWarnings("ArrayRecordComponent") // hundreds of pictures: no object per pixel
public record SampleRow(
        String model,
        String split,
        String view,
        long rowId,
        Integer digit,
        int width,
        int height,
        Double error,
        float[] pixels,
        String label) {

    public SampleRow(
            String model,
            String split,
            String view,
            long rowId,
            RowLabel label,
            int width,
            int height,
            Double error,
            float[] pixels) {
        this(model, split, view, rowId, label.digit(), width, height, error, pixels, label.text());
    }

    public SampleRow {
        ColumnChecks.notNull("model", model);
        ColumnChecks.oneOf("split", split, List.of("train", "test"));
        ColumnChecks.oneOf("view", view, List.of("true", "noised", "decoded"));
        ColumnChecks.atLeast("row_id", rowId, 0);
        label = ColumnChecks.label("label", label, "digit", digit);
        ColumnChecks.pixels(width, height, pixels);
    }
}
