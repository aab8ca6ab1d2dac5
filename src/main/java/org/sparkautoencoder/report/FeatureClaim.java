package org.sparkautoencoder.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.sparkautoencoder.report.Claim.Verdict;

/** Claim 5, about how noisy the weight images are, and its figure. */
final class FeatureClaim {
    private static final double MORE = 1.05;
    private static final int BINS = 20;

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

    /** The noisiness of both networks' weight images; null unless both have some. */
    static Figure figure(Run autoencoder, Run denoising) {
        double[] ae = autoencoder == null ? new double[0] : Noisiness.sorted(autoencoder.features());
        double[] dae = denoising == null ? new double[0] : Noisiness.sorted(denoising.features());
        if (ae.length == 0 || dae.length == 0) {
            return null;
        }
        // Up to the next tenth, so that the bars fill the chart.
        double top = Math.min(1, Math.ceil(10 * Math.max(ae[ae.length - 1], dae[dae.length - 1])) / 10);
        long[] countsOfAe = Noisiness.histogram(ae, BINS, top);
        long[] countsOfDae = Noisiness.histogram(dae, BINS, top);
        List<String> bins = new ArrayList<>();
        Html rows = new Html();
        for (int bin = 0; bin < BINS; bin++) {
            String from = String.format(Locale.ROOT, "%.3f", bin * top / BINS);
            bins.add(from);
            rows.add(
                    "<tr><th scope=row>{} to {}</th><td>{}</td><td>{}</td></tr>",
                    from,
                    String.format(Locale.ROOT, "%.3f", (bin + 1) * top / BINS),
                    countsOfAe[bin],
                    countsOfDae[bin]);
        }
        Chart chart = Chart.bars(
                "chart-noisiness",
                "noisiness H, from",
                "neurons",
                bins,
                List.of(
                        new Chart.Series(
                                "autoencoder",
                                "",
                                Arrays.stream(countsOfAe).boxed().toList()),
                        new Chart.Series(
                                "denoising autoencoder",
                                "",
                                Arrays.stream(countsOfDae).boxed().toList())));
        String caption = String.format(
                Locale.ROOT,
                "How many hidden neurons have weight images of which noisiness; the medians are %.4f (autoencoder) and"
                        + " %.4f (denoising). White noise would have 0.80. %s.",
                Noisiness.quantile(ae, 0.5),
                Noisiness.quantile(dae, 0.5),
                Noisiness.FORMULA);
        return new Figure(
                "figure-noisiness",
                null,
                "Noisiness of the weight images (claim 5)",
                caption,
                chart.element(caption),
                List.of(chart),
                Html.of(
                        "<table><thead><tr><th scope=col>H</th><th scope=col>autoencoder</th>"
                                + "<th scope=col>denoising</th></tr></thead><tbody>{}</tbody></table>",
                        rows),
                List.of());
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
