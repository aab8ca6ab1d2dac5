package org.sparkautoencoder.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How noisy the weight images of both autoencoders are, for claim 5. */
final class NoisinessFigure {
    private static final int BINS = 20;

    private NoisinessFigure() {}

    /** Null unless both networks have weight images. */
    static Figure of(Run autoencoder, Run denoising) {
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
}
