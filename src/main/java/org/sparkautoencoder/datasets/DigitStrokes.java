package org.sparkautoencoder.datasets;

import java.util.Arrays;

/**
 * The shapes that people write for each digit, as the paths of a pen. A path is a list of points x, y in a unit box, y
 * pointing down; the pen goes through them on a smooth curve. Corners are where one path ends and the next begins.
 */
final class DigitStrokes {
    // digit; shapes separated by '|'; paths by ';'; points by spaces, each "x,y" in hundredths
    private static final String[] SHAPES = {
        "55,2 20,10 2,45 15,88 50,100 85,85 98,50 82,12 50,0"
                + "|40,5 10,25 0,60 25,97 60,98 95,65 92,22 60,0 30,8"
                + "|72,14 40,0 8,22 2,60 25,95 62,97 95,70 95,30 68,6 45,4",
        "50,0 50,50 50,100" + "|28,20 42,12 52,0;52,0 51,50 50,100" + "|54,0 50,50 46,100"
                + "|30,22 44,12 53,0;53,0 52,50 51,98;28,99 50,98 74,98",
        "5,26 22,4 55,0 85,16 82,42 50,72 8,98;8,98 55,99 100,95"
                + "|8,22 35,0 78,8 84,36 58,68 22,94 2,90 12,74 42,80 70,97 100,90"
                + "|12,15 50,0 88,20 76,52 40,80 0,99;0,99 50,94 98,99",
        "8,12 42,0 82,12 76,36 38,47;38,47 82,54 95,78 62,99 22,99 0,86"
                + "|12,6 55,0 88,20 66,42 45,48 84,58 88,86 48,101 5,92"
                + "|6,3 45,2 88,2;88,2 62,22 42,42;42,42 84,50 94,76 62,99 8,92",
        "18,2 12,28 6,54;6,54 50,55 98,51;76,6 73,50 70,100"
                + "|72,0 38,32 2,64;2,64 50,64 100,60;72,0 70,50 68,100"
                + "|12,0 10,30 22,52 52,52 84,40;88,2 82,50 76,100",
        "90,2 55,3 24,4;24,4 18,24 14,44;14,44 50,36 84,48 90,76 58,98 22,99 0,88"
                + "|30,4 24,24 20,42;20,42 60,38 88,60 78,90 40,101 4,92;30,4 62,4 98,0"
                + "|96,0 60,4 32,8 20,40 52,44 82,60 76,90 38,101 2,94",
        "72,0 36,22 10,55 12,88 48,101 84,86 86,62 54,52 16,70"
                + "|46,0 22,30 8,64 20,94 54,100 84,82 76,60 46,58 14,80"
                + "|88,6 50,10 18,36 6,72 28,98 66,98 90,76 70,54 38,58 12,78",
        "2,10 48,7 95,3;95,3 66,44 42,100" + "|4,20 6,6 50,6 94,4;94,4 74,36 56,66 50,100"
                + "|2,8 45,7 92,3;92,3 64,48 40,100;26,54 56,52 86,49"
                + "|0,12 30,4 70,8 96,4 80,36 58,64 46,100",
        "82,14 50,0 16,14 28,38 68,58 90,80 56,101 14,86 26,60 66,40 82,14"
                + "|76,6 36,2 16,22 48,44 84,66 76,94 42,101 14,84 36,56 72,34 86,12"
                + "|50,0 22,10 24,34 52,46 80,32 78,10 50,0;52,46 14,62 16,92 50,101 86,90 84,62 52,46",
        "86,18 52,0 16,16 18,42 52,50 80,36 88,14;88,14 84,56 72,100"
                + "|80,8 40,2 10,26 26,48 64,42 84,10;84,10 86,50 72,90 40,100 12,90"
                + "|90,10 50,2 14,22 24,46 62,44 90,10 80,40 64,72 46,100",
    };

    private static final double HUNDREDTH = 0.01;

    /** digits x shapes x paths x coordinates x0, y0, x1, y1, ... */
    private static final double[][][][] PATHS =
            Arrays.stream(SHAPES).map(DigitStrokes::digit).toArray(double[][][][]::new);

    private DigitStrokes() {}

    /** The shapes of a digit: shapes x paths x coordinates. Nobody writes into them. */
    static double[][][] of(int digit) {
        return PATHS[digit];
    }

    private static double[][][] digit(String shapes) {
        return Arrays.stream(shapes.split("\\|"))
                .map(shape ->
                        Arrays.stream(shape.split(";")).map(DigitStrokes::path).toArray(double[][]::new))
                .toArray(double[][][]::new);
    }

    private static double[] path(String points) {
        return Arrays.stream(points.split("[ ,]"))
                .mapToDouble(hundredths -> Integer.parseInt(hundredths) * HUNDREDTH)
                .toArray();
    }
}
