package org.sparkautoencoder.datasets;

import org.sparkautoencoder.kernel.RandomKeys;

/** Draws handwritten digits of 28 x 28 pixels: each a pure function of its digit and a key. */
final class DigitRenderer {
    static final int SIDE = 28;

    // A shape of the digit is bent by moving its points (the same point of two paths moves the same way, so joints
    // hold), sheared, rotated and scaled, laid through a Catmull-Rom curve, centred, shifted, and inked: a pixel is as
    // dark as the pen's edge is near. StrictMath and our own draws: the same bytes on every machine.
    private static final double HEIGHT = 20; // of an unscaled digit, in pixels, as MNIST's
    private static final int STEPS = 10; // straight pieces between two points of a path
    private static final double BEND = 0.075; // of the unit box, either way
    private static final double SOFT = 1.1; // pixels over which the ink fades

    private final long key;
    private long draws;

    // the curve: straight pieces from x0, y0 to x1, y1, in pixels
    private final double[] x0 = new double[1024];
    private final double[] y0 = new double[1024];
    private final double[] x1 = new double[1024];
    private final double[] y1 = new double[1024];
    private int pieces;

    private DigitRenderer(long key) {
        this.key = key;
    }

    /** Fills {@code pixels} (28 x 28, row by row, upright) with the digit; 0 is paper, 255 ink. */
    static void draw(int digit, long key, byte[] pixels) {
        new DigitRenderer(key).draw(digit, pixels);
    }

    private void draw(int digit, byte[] pixels) {
        double[][][] shapes = DigitStrokes.of(digit);
        double[][] shape = shapes[(int) (next() * shapes.length)];
        double height = HEIGHT * between(0.82, 1.06);
        double width = height * between(0.5, 0.92);
        double shear = between(-0.12, 0.48); // people lean to the right
        double angle = StrictMath.toRadians(between(-13, 13));
        double sin = StrictMath.sin(angle);
        double cos = StrictMath.cos(angle);
        for (double[] path : shape) {
            double[] bent = new double[path.length];
            for (int i = 0; i < path.length; i += 2) {
                long point = RandomKeys.mix(
                        RandomKeys.mix(key, -1), StrictMath.round(path[i] * 1000 + path[i + 1] * 1_000_000));
                double x = (path[i] - 0.5 + BEND * (2 * unit(RandomKeys.mix(point, 0)) - 1)) * width;
                double y = (path[i + 1] - 0.5 + BEND * (2 * unit(RandomKeys.mix(point, 1)) - 1)) * height;
                double sheared = x - shear * y;
                bent[i] = cos * sheared - sin * y;
                bent[i + 1] = sin * sheared + cos * y;
            }
            lay(bent);
        }
        centre(between(-1.6, 1.6), between(-1.6, 1.6));
        ink(between(0.8, 1.75), between(0.85, 1), pixels);
    }

    /** Adds the Catmull-Rom curve through the points of a path. */
    private void lay(double[] path) {
        int points = path.length / 2;
        double fromX = path[0];
        double fromY = path[1];
        for (int p = 0; p + 1 < points; p++) {
            for (int step = 1; step <= STEPS; step++) {
                double t = (double) step / STEPS;
                double toX = onCurve(path, 0, p, t);
                double toY = onCurve(path, 1, p, t);
                x0[pieces] = fromX;
                y0[pieces] = fromY;
                x1[pieces] = toX;
                y1[pieces] = toY;
                pieces++;
                fromX = toX;
                fromY = toY;
            }
        }
    }

    private static double onCurve(double[] path, int axis, int point, double t) {
        int last = path.length / 2 - 1;
        double a = path[2 * Math.max(point - 1, 0) + axis];
        double b = path[2 * point + axis];
        double c = path[2 * (point + 1) + axis];
        double d = path[2 * Math.min(point + 2, last) + axis];
        return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t);
    }

    /** Moves the middle of the curve to the middle of the image, and off it by the shift, in pixels. */
    private void centre(double shiftX, double shiftY) {
        double left = Double.MAX_VALUE;
        double top = Double.MAX_VALUE;
        double right = -Double.MAX_VALUE;
        double bottom = -Double.MAX_VALUE;
        for (int i = 0; i < pieces; i++) {
            left = Math.min(left, Math.min(x0[i], x1[i]));
            right = Math.max(right, Math.max(x0[i], x1[i]));
            top = Math.min(top, Math.min(y0[i], y1[i]));
            bottom = Math.max(bottom, Math.max(y0[i], y1[i]));
        }
        double moveX = SIDE / 2.0 - (left + right) / 2 + shiftX;
        double moveY = SIDE / 2.0 - (top + bottom) / 2 + shiftY;
        for (int i = 0; i < pieces; i++) {
            x0[i] += moveX;
            x1[i] += moveX;
            y0[i] += moveY;
            y1[i] += moveY;
        }
    }

    /** @param radius half the width of the pen, in pixels; pressure makes it vary a little along the curve */
    private void ink(double radius, double darkest, byte[] pixels) {
        double phase = between(0, 6.28);
        double[] ink = new double[SIDE * SIDE];
        for (int i = 0; i < pieces; i++) {
            double pen = radius * (1 + 0.15 * StrictMath.sin(phase + 0.12 * i));
            double reach = pen + SOFT;
            int left = clamp(Math.min(x0[i], x1[i]) - reach);
            int right = clamp(Math.max(x0[i], x1[i]) + reach);
            int top = clamp(Math.min(y0[i], y1[i]) - reach);
            int bottom = clamp(Math.max(y0[i], y1[i]) + reach);
            for (int y = top; y <= bottom; y++) {
                for (int x = left; x <= right; x++) {
                    double shade = 0.5 + (pen - distance(i, x + 0.5, y + 0.5)) / SOFT;
                    ink[y * SIDE + x] = Math.max(ink[y * SIDE + x], Math.min(1, shade));
                }
            }
        }
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (int) (255 * darkest * ink[i] + 0.5);
        }
    }

    /** From a point to a piece of the curve. */
    private double distance(int piece, double x, double y) {
        double dx = x1[piece] - x0[piece];
        double dy = y1[piece] - y0[piece];
        double length2 = dx * dx + dy * dy;
        double along = length2 == 0 ? 0 : ((x - x0[piece]) * dx + (y - y0[piece]) * dy) / length2;
        double t = Math.max(0, Math.min(1, along));
        double ex = x - x0[piece] - t * dx;
        double ey = y - y0[piece] - t * dy;
        return Math.sqrt(ex * ex + ey * ey);
    }

    private static int clamp(double pixel) {
        return (int) Math.max(0, Math.min(SIDE - 1, pixel));
    }

    private double between(double low, double high) {
        return low + (high - low) * next();
    }

    private double next() {
        return unit(RandomKeys.mix(key, draws++));
    }

    /** 0 <= value < 1 from a random key. */
    private static double unit(long random) {
        return (random >>> 11) * 0x1p-53;
    }
}
