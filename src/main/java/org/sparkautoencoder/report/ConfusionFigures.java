package org.sparkautoencoder.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sparkautoencoder.report.Comparison.Agreement;

/** Confusion matrices: figures 2.3 to 2.6, and those of any other classifier. */
final class ConfusionFigures {
    private ConfusionFigures() {}

    /**
     * Of the train digits, of which the study's text gives the accuracy.
     *
     * @param right rows of 4,000 that the study's classifier predicted right
     */
    static Figure train(String number, Run run, String network, long right) {
        return figure(number, run, network, "train", Confusion.DIGITS.size() * 400L, right, null);
    }

    /** Of the test digits, beside the study's matrix. */
    static Figure test(String number, Run run, String network, Confusion paper) {
        return figure(number, run, network, "test", paper.total(), paper.correct(), paper);
    }

    /** Of a classifier that is no part of the study; null without a matrix. */
    static Figure other(Run run, String id, String split) {
        Confusion thresholded = run.confusion(split, true);
        Confusion plain = run.confusion(split, false);
        if (thresholded == null && plain == null) {
            return null;
        }
        Html body = new Html();
        for (boolean threshold : new boolean[] {false, true}) {
            Confusion matrix = threshold ? thresholded : plain;
            if (matrix != null) {
                body.add("{}", ConfusionTable.of(matrix, threshold ? "after the threshold" : "largest output"));
            }
        }
        Confusion numbers = plain == null ? thresholded : plain;
        String noun = run.hasDigits() ? "digit" : "class";
        boolean pictures = numbers.size() > ConfusionTable.MOST_CLASSES;
        return new Figure(
                id,
                null,
                "Confusion matrices, " + split,
                (pictures
                                ? picturesCaption(numbers, plain == null ? "after the threshold" : "largest output")
                                : "Rows are the true " + plural(noun)
                                        + ", columns the predicted ones. The stronger a cell’s"
                                        + " shade, the greater its share of the row.")
                        + " Accuracy "
                        + Numbers.fraction(plain == null ? null : plain.accuracy()) + ", after the threshold "
                        + Numbers.fraction(thresholded == null ? null : thresholded.accuracy()) + ".",
                Html.of("<div class=matrices>{}</div>", body),
                List.of(),
                pictures ? ConfusionTable.errors(numbers, noun) : null,
                List.of());
    }

    private static String picturesCaption(Confusion matrix, String name) {
        int block = ConfusionTable.classesOfAPixel(matrix.size());
        return "Rows are the true classes, columns the predicted ones, both in the order of the labels, from "
                + matrix.labels().get(0) + " to " + matrix.labels().get(matrix.size() - 1)
                + ". The brighter a point, the greater its share of the row. For " + matrix.size()
                + " classes there is no room for numbers; "
                + (block == 1
                        ? ""
                        : "each point is the greatest share among " + block + " × " + block + " pairs of classes; ")
                + "listed below are the " + ConfusionTable.MOST_ERRORS + " most frequent wrong predictions ("
                + name + ").";
    }

    private static String plural(String noun) {
        return noun.equals("class") ? "classes" : noun + "s";
    }

    private static Figure figure(
            String number, Run run, String network, String split, long total, long right, Confusion paper) {
        String title = "Confusion matrix of the classifier on the " + network + "’s encoder, " + split;
        Confusion ours = run == null ? null : run.digitConfusion(split, true);
        Confusion plain = run == null ? null : run.digitConfusion(split, false);
        List<Comparison> comparisons = new ArrayList<>();
        comparisons.add(Comparison.absolute(
                "accuracy",
                String.format(Locale.ROOT, "%.4f", (double) right / total),
                ours == null ? null : ours.accuracy(),
                Tolerances.ACCURACY));
        if (paper != null) {
            comparisons.add(zeros(paper.wronglyPredicted(0), ours));
        }
        if (ours == null) {
            return Figure.missing(number, title, "there is no such classifier, or it has no matrix", comparisons);
        }
        Html body = new Html();
        if (paper != null) {
            body.add("{}", ConfusionTable.of(paper, "the study"));
        }
        body.add("{}", ConfusionTable.of(ours, "here, as the study predicts"));
        if (paper == null && plain != null) {
            body.add("{}", ConfusionTable.of(plain, "here, largest output without threshold"));
        }
        String caption = "Rows are the true digits, columns the predicted ones: the largest output after the threshold."
                + " The stronger a cell’s shade, the greater its share of the row."
                + (plain == null
                        ? ""
                        : " Without the threshold the accuracy is " + Numbers.fraction(plain.accuracy()) + ".")
                + (paper == null ? " Of the study’s matrix only the sum of its diagonal is at hand." : "");
        return new Figure(
                Figure.id(number),
                number,
                title,
                caption,
                Html.of("<div class=matrices>{}</div>", body),
                List.of(),
                paper != null && plain != null
                        ? ConfusionTable.of(plain, "here, largest output without threshold")
                        : null,
                comparisons);
    }

    // Two counts of rare events differ by chance by about the root of their sum; twice that is the tolerance.
    private static Comparison zeros(long paper, Confusion ours) {
        long tolerance = Math.round(2 * Math.sqrt(2.0 * paper));
        Agreement agreement = Agreement.NOT_MEASURED;
        if (ours != null) {
            agreement = Math.abs(ours.wronglyPredicted(0) - paper) <= tolerance ? Agreement.AGREES : Agreement.DIFFERS;
        }
        return new Comparison(
                "wrongly predicted as 0",
                String.valueOf(paper),
                ours == null ? "–" : String.valueOf(ours.wronglyPredicted(0)),
                "± " + tolerance,
                agreement);
    }
}
