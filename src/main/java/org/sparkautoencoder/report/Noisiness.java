package org.sparkautoencoder.report;

import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import org.sparkautoencoder.results.FeatureRow;

/** How noisy a picture is: the share of its power at high spatial frequencies. */
final class Noisiness {
    /** As it stands on the page. */
    static final String FORMULA =
            "H = Σ |F(u,v)|² over frequencies with √(fu² + fv²) > ¼, divided by Σ |F(u,v)|² over all; F is the"
                    + " two-dimensional discrete Fourier transform of the picture less its mean, fu and fv are in"
                    + " cycles a pixel, and ¼ is half of the highest (Nyquist) frequency ½";

    private static final double LIMIT = 0.25;

    private Noisiness() {}

    /**
     * The share of a picture's power, its mean removed, beyond half of Nyquist: 0 for a smooth picture, on average
     * 1 - pi/16 = 0.80 for white noise, the part of the square of frequencies outside the circle.
     *
     * @param pixels line by line
     * @return null for a picture of one colour, which has no power
     */
    static Double of(float[] pixels, int width) {
        int height = pixels.length / width;
        double mean = 0;
        for (float pixel : pixels) {
            mean += pixel;
        }
        mean /= pixels.length;
        double high = 0;
        double all = 0;
        for (int u = 0; u < width; u++) {
            double[] re = new double[height];
            double[] im = new double[height];
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    double angle = -2 * Math.PI * (u * x % width) / width;
                    re[y] += (pixels[y * width + x] - mean) * Math.cos(angle);
                    im[y] += (pixels[y * width + x] - mean) * Math.sin(angle);
                }
            }
            for (int v = 0; v < height; v++) {
                double power = power(re, im, v);
                all += power;
                if (Math.hypot(frequency(u, width), frequency(v, height)) > LIMIT) {
                    high += power;
                }
            }
        }
        return all > 1e-18 * pixels.length ? (Double) (high / all) : null;
    }

    /** Of all pictures that have one, in ascending order. */
    static double[] sorted(Collection<FeatureRow> features) {
        return features.stream()
                .filter(feature -> feature.pixels() != null)
                .map(feature -> of(feature.pixels(), feature.width()))
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
    }

    /** A quantile of numbers in ascending order, of which there is one at least. */
    static double quantile(double[] sorted, double q) {
        double place = q * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** How many of the values lie in each of {@code bins} equal parts of 0..top. */
    static long[] histogram(double[] values, int bins, double top) {
        long[] n = new long[bins];
        Arrays.stream(values).forEach(value -> n[Math.min(bins - 1, (int) (value / top * bins))]++);
        return n;
    }

    private static double power(double[] re, double[] im, int v) {
        int height = re.length;
        double sumRe = 0;
        double sumIm = 0;
        for (int y = 0; y < height; y++) {
            double angle = -2 * Math.PI * (v * y % height) / height;
            double cos = Math.cos(angle);
            double sin = Math.sin(angle);
            sumRe += re[y] * cos - im[y] * sin;
            sumIm += re[y] * sin + im[y] * cos;
        }
        return sumRe * sumRe + sumIm * sumIm;
    }

    // Cycles a pixel: the upper half of the transform's indices are the negative frequencies.
    private static double frequency(int index, int size) {
        return (double) Math.min(index, size - index) / size;
    }
}
