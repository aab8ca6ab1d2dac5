package org.sparkautoencoder.cli;

import org.sparkautoencoder.csv.Scaling;
import org.sparkautoencoder.runs.Study;
import org.sparkautoencoder.shards.MaskValues;
import org.sparkautoencoder.shards.MaskingNoise;
import picocli.CommandLine.Option;

/** The masking noise of a denoising autoencoder. */
final class NoiseOptions {
    @Option(
            names = "--noise",
            paramLabel = "WHEN",
            defaultValue = "fixed",
            description = "when masking noise is drawn: fixed, once per row, or fresh, in every epoch (default "
                    + "${DEFAULT-VALUE})")
    private MaskingNoise.Mode noise;

    @Option(
            names = "--noise-zero",
            paramLabel = "FRACTION",
            defaultValue = "" + Study.NOISE_ZERO,
            description =
                    "fraction of a row's values set to 0, 0..1; with the scales standard and none, to the mean of "
                            + "their column (default ${DEFAULT-VALUE})")
    private double noiseZero;

    @Option(
            names = "--noise-one",
            paramLabel = "FRACTION",
            defaultValue = "" + Study.NOISE_ONE,
            description = "fraction of a row's values set to 1, 0..1, among those not set to 0 (default "
                    + "${DEFAULT-VALUE})")
    private double noiseOne;

    /** The noise for rows of this scale; of rows that are not there yet, the scale is null. */
    MaskingNoise of(long seed, Scaling scaling) {
        return new MaskingNoise(noiseZero, noiseOne, seed, noise, scaling == null ? null : MaskValues.of(scaling));
    }
}
