package org.sparkautoencoder.results;

import java.util.List;

/**
 * The masking noise of a run; all null without noise.
 *
 * @param noiseZero fraction of a row's inputs set to 0, 0..1
 * @param noiseOne fraction of a row's inputs set to 1, 0..1
 * @param noiseMode fixed or fresh
 */
public record RunNoise(Double noiseZero, Double noiseOne, String noiseMode) {
    /** No noise. */
    public static final RunNoise NONE = new RunNoise(null, null, null);

    public RunNoise {
        if (noiseMode != null) {
            ColumnChecks.oneOf("noise_mode", noiseMode, List.of("fixed", "fresh"));
        }
    }
}
