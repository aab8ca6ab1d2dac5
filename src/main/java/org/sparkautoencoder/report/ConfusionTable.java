package org.sparkautoencoder.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Draws confusion matrices: as a table of numbers, or with many classes as a picture. */
final class ConfusionTable {
    /** The most classes of a table. */
    static final int MOST_CLASSES = 30;

    /** How many kinds of wrong predictions are listed beside a picture. */
    static final int MOST_ERRORS = 50;

    private static final int MOST_PIXELS = 400;
    private static final int CLASSES_BESIDE_ANOTHER = 10;
    private static final int SHORT = 3;
    private static final int LETTERS_ABOVE = 36; // in the columns of two tables beside each other

    /** A kind of wrong prediction: how many rows of a label were predicted as another. */
    private record WrongPrediction(int label, int predicted, long n) {}

    private ConfusionTable() {}

    static Html of(Confusion matrix, String name) {
        return matrix.size() > MOST_CLASSES ? picture(matrix, name) : table(matrix, name);
    }

    /** How many classes each side of a pixel of the picture stands for. */
    static int classesOfAPixel(int classes) {
        return (classes + MOST_PIXELS - 1) / MOST_PIXELS;
    }

    private static Html table(Confusion matrix, String name) {
        int longest = matrix.labels().stream().mapToInt(String::length).max().orElse(0);
        boolean words = longest > SHORT;
        boolean turned = words && longest * matrix.size() > LETTERS_ABOVE;
        boolean wide = matrix.size() > CLASSES_BESIDE_ANOTHER;
        Html head = new Html();
        Html rows = new Html();
        Html sums = new Html();
        for (int label = 0; label < matrix.size(); label++) {
            String text = matrix.labels().get(label);
            long ofLabel = matrix.rows(label);
            Html cells = new Html();
            for (int predicted = 0; predicted < matrix.size(); predicted++) {
                long n = matrix.n()[label][predicted];
                double shade = shade(n, ofLabel);
                cells.add(
                        "<td class=\"{}\" style=\"--shade:{}\">{}</td>",
                        n == 0 ? "none" : shade > 0.75 ? "dark" : "light",
                        String.format(Locale.ROOT, "%.2f", shade),
                        n);
            }
            if (words) {
                head.add("<th scope=col title=\"{}\"><span>{}</span></th>", text, text);
                rows.add("<tr><th scope=row title=\"{}\">{}</th>{}</tr>", text, text, cells);
            } else {
                head.add("<th scope=col>{}</th>", text);
                rows.add("<tr><th scope=row>{}</th>{}</tr>", text, cells);
            }
            sums.add("<td>{}</td>", matrix.predicted(label));
        }
        return Html.of(
                "<div class=\"scroll{}\" tabindex=0 role=region aria-label=\"confusion matrix, {}\">"
                        + "<table class=\"confusion{}{}\"{}>"
                        + "<caption>{}</caption><thead><tr><td></td>{}</tr></thead><tbody>{}</tbody>"
                        + "<tfoot><tr><th scope=row>sum</th>{}</tr></tfoot></table></div>",
                wide ? " wide" : "",
                name,
                words ? " words" : "",
                turned ? " turned" : "",
                wide || words ? Html.of(" style=\"min-width:{}rem\"", width(matrix, words)) : "",
                name,
                head,
                rows,
                sums);
    }

    // So that the greatest number fits into each cell, and words into a first column that is wider.
    private static String width(Confusion matrix, boolean words) {
        long greatest = IntStream.range(0, matrix.size())
                .mapToLong(matrix::predicted)
                .max()
                .orElse(0);
        double cell = Math.max(1.6, 0.3 + 0.45 * String.valueOf(greatest).length());
        return String.format(Locale.ROOT, "%.1f", (words ? 7 : cell) + cell * matrix.size());
    }

    // Black is no row, white all rows of a label; a pixel has the greatest share of the cells that it stands for.
    private static Html picture(Confusion matrix, String name) {
        int block = classesOfAPixel(matrix.size());
        int width = (matrix.size() + block - 1) / block;
        float[] pixels = new float[width * width];
        for (int label = 0; label < matrix.size(); label++) {
            long ofLabel = matrix.rows(label);
            for (int predicted = 0; predicted < matrix.size(); predicted++) {
                int pixel = label / block * width + predicted / block;
                pixels[pixel] = Math.max(pixels[pixel], (float) shade(matrix.n()[label][predicted], ofLabel));
            }
        }
        return Html.of(
                "<div class=picture><p>{}</p><img src=\"{}\" width={} height={} alt=\"confusion matrix, {}\"></div>",
                name,
                Png.dataUri(pixels, width, 0, 1),
                width,
                width,
                name);
    }

    /** The most frequent wrong predictions. */
    static Html errors(Confusion matrix, String noun) {
        List<WrongPrediction> wrong = new ArrayList<>();
        for (int label = 0; label < matrix.size(); label++) {
            for (int predicted = 0; predicted < matrix.size(); predicted++) {
                if (label != predicted && matrix.n()[label][predicted] > 0) {
                    wrong.add(new WrongPrediction(label, predicted, matrix.n()[label][predicted]));
                }
            }
        }
        wrong.sort(Comparator.comparingLong(WrongPrediction::n).reversed());
        Html rows = new Html();
        for (WrongPrediction one : wrong.subList(0, Math.min(MOST_ERRORS, wrong.size()))) {
            rows.add(
                    "<tr><th scope=row>{}</th><td>{}</td><td>{}</td><td>{}</td></tr>",
                    matrix.labels().get(one.label()),
                    matrix.labels().get(one.predicted()),
                    Numbers.count(one.n()),
                    Numbers.percent((double) one.n() / matrix.rows(one.label())));
        }
        return Html.of(
                "<table><thead><tr><th scope=col>true {}</th><th scope=col>predicted {}</th><th scope=col>rows</th>"
                        + "<th scope=col>of the true {}’s rows</th></tr></thead><tbody>{}</tbody></table>",
                noun,
                noun,
                noun,
                rows);
    }

    // The root shows the few that went wrong beside the many that did not.
    private static double shade(long n, long rows) {
        return Math.sqrt((double) n / Math.max(1, rows));
    }
}
