package org.sparkautoencoder.report;

import java.util.Locale;
import org.sparkautoencoder.report.Claim.Verdict;

/** The claim about the weight images. */
final class FeatureClaim {
    private static final double MORE = 1.05;

    private FeatureClaim() {}

    /**
     * @param autoencoder the noisiness of all its neurons in ascending order, empty if unknown
     * @param denoising likewise
     */
    static Claim noisier(double[] autoencoder, double[] denoising) {
        Verdict verdict = Verdict.UNDECIDED;
        String measured = "the two networks do not both have weight images";
        String why = "The weight images of one of the two networks are missing.";
        if (autoencoder.length > 0 && denoising.length > 0) {
            double ae = Noisiness.quantile(autoencoder, 0.5);
            double dae = Noisiness.quantile(denoising, 0.5);
            double pairs = pairs(autoencoder, denoising);
            verdict = Verdict.of(dae > MORE * ae);
            measured = String.format(
                    Locale.ROOT,
                    "median H (middle half of the neurons): autoencoder %.4f (%.4f to %.4f), denoising %.4f (%.4f to"
                            + " %.4f)",
                    ae,
                    Noisiness.quantile(autoencoder, 0.25),
                    Noisiness.quantile(autoencoder, 0.75),
                    dae,
                    Noisiness.quantile(denoising, 0.25),
                    Noisiness.quantile(denoising, 0.75));
            why = String.format(
                    Locale.ROOT,
                    "Half of the denoising network's %d images have more than %.1f %% of their power in fine detail,"
                            + " half of the other's %d more than %.1f %%. In a random pair of neurons, one of each network,"
                            + " the denoising one is noisier in %.0f of 100 cases.",
                    denoising.length,
                    100 * dae,
                    autoencoder.length,
                    100 * ae,
                    100 * pairs);
        }
        return new Claim(
                5,
                "The denoising autoencoder's weight images are noisier than the autoencoder's.",
                "Holds if the median noisiness H over all hidden neurons is more than 5 % higher. " + Noisiness.FORMULA
                        + ".",
                measured,
                verdict,
                why);
    }

    // The fraction of pairs in which the second is greater: the Mann-Whitney statistic over the number of pairs.
    private static double pairs(double[] first, double[] second) {
        long greater = 0;
        for (double a : first) {
            for (double b : second) {
                greater += b > a ? 1 : 0;
            }
        }
        return (double) greater / ((long) first.length * second.length);
    }
}
