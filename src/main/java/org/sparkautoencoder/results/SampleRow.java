package org.sparkautoencoder.results;

import java.util.List;

/**
 * A picture of a row of the data, as it is, as the network was shown it, or the network's output for it, without a
 * threshold. Two of these are equal only if they share their pixels' array.
 *
 * @param model autoencoder or the like
 * @param split train or test
 * @param view true, noised or decoded
 * @param rowId the row's place in its split, from 0
 * @param digit 0..9; null where the row has no label
 * @param width pixels, at least 1
 * @param height pixels, at least 1
 * @param error the row's error in this view; null for the true view
 * @param pixels height x width, line by line from the top, 0..1; null if one is not a number
 */
@SuppressWarnings("ArrayRecordComponent") // pictures by the hundred: no object per pixel
public record SampleRow(
        String model,
        String split,
        String view,
        long rowId,
        Integer digit,
        int width,
        int height,
        Double error,
        float[] pixels) {

    public SampleRow {
        ColumnChecks.notNull("model", model);
        ColumnChecks.oneOf("split", split, List.of("train", "test"));
        ColumnChecks.oneOf("view", view, List.of("true", "noised", "decoded"));
        ColumnChecks.atLeast("row_id", rowId, 0);
        if (digit != null) {
            ColumnChecks.digit("digit", digit);
        }
        ColumnChecks.pixels(width, height, pixels);
    }
}
