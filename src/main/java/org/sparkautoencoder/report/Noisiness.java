package org.sparkautoencoder.report;

import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import org.sparkautoencoder.results.FeatureRow;

/** The noisiness of a picture: the fraction of its power at high spatial frequencies. */
final class Noisiness {
    /** The definition on the page. */
    static final String FORMULA =
            "H = Σ |F(u,v)|² over frequencies with √(fu² + fv²) > ¼, divided by Σ |F(u,v)|² over all; F is the"
                    + " two-dimensional discrete Fourier transform of the picture less its mean, fu and fv are in"
                    + " cycles a pixel, and ¼ is half of the highest (Nyquist) frequency ½";

    private static final double LIMIT = 0.25;

    private Noisiness() {}

    /**
     * The fraction of a picture's power, its mean removed, above half the Nyquist frequency: 0 for a smooth picture, on
     * average 1 - pi/16 = 0.80 for white noise, the area of the frequency square outside the circle.
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
        double[] cos = wave(width, 0);
        double[] sin = wave(width, 0.25);
        double[] cosDown = wave(height, 0);
        double[] sinDown = wave(height, 0.25);
        double high = 0;
        double all = 0;
        for (int u = 0; u < width; u++) {
            double[] re = new double[height];
            double[] im = new double[height];
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    double value = pixels[y * width + x] - mean;
                    re[y] += value * cos[u * x % width];
                    im[y] -= value * sin[u * x % width];
                }
            }
            for (int v = 0; v < height; v++) {
                double power = power(re, im, v, cosDown, sinDown);
                all += power;
                if (Math.hypot(frequency(u, width), frequency(v, height)) > LIMIT) {
                    high += power;
                }
            }
        }
        return all > 1e-18 * pixels.length ? (Double) (high / all) : null;
    }

    /** The noisiness of all pictures that have one, in ascending order. */
    static double[] sorted(Collection<FeatureRow> features) {
        return features.stream()
                .filter(feature -> feature.pixels() != null)
                .map(feature -> of(feature.pixels(), feature.width()))
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
    }

    /** A quantile of at least one number in ascending order. */
    static double quantile(double[] sorted, double q) {
        double position = q * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    /** How many of the values lie in each of {@code bins} equal parts of 0..top. */
    static long[] histogram(double[] values, int bins, double top) {
        long[] n = new long[bins];
        Arrays.stream(values).forEach(value -> n[Math.min(bins - 1, (int) (value / top * bins))]++);
        return n;
    }

    // Of the column transforms' own transform at v.
    private static double power(double[] re, double[] im, int v, double[] cos, double[] sin) {
        int height = re.length;
        double sumRe = 0;
        double sumIm = 0;
        for (int y = 0; y < height; y++) {
            int at = v * y % height;
            sumRe += re[y] * cos[at] + im[y] * sin[at];
            sumIm += im[y] * cos[at] - re[y] * sin[at];
        }
        return sumRe * sumRe + sumIm * sumIm;
    }

    // One period of a cosine in n points, begun so many periods later.
    private static double[] wave(int n, double shift) {
        double[] wave = new double[n];
        Arrays.setAll(wave, i -> Math.cos(2 * Math.PI * ((double) i / n - shift)));
        return wave;
    }

    // Cycles a pixel: the upper half of the transform's indices are the negative frequencies.
    private static double frequency(int index, int size) {
        return (double) Math.min(index, size - index) / size;
    }
}
