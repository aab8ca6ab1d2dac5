package org.sparkautoencoder.report;

import java.util.List;

/**
 * The tolerances of the comparisons. The results of two trainings with different seeds differ in 95 % of cases by less than
 * 2 √2 standard deviations of one training. To this is added half of the last digit that the study prints, or the precision
 * to which a curve can be read. The standard deviations are those of {@code train --seed 1} to 5 with the study's settings.
 */
final class Tolerances {
    /** Figure 1.1, relative: a minibatch of 32 rows. */
    static final double CURVE = 0.2;

    /** Figures 1.2 and 1.3, relative: deviations 1.1 and 0.9 %, half a digit of 0.010 and of 0.028. */
    static final double TRAIN_ERROR = 0.08;

    static final double TEST_ERROR = 0.04;

    /** Figures 2.1 and 2.2: deviations 0.027, 0.0031, 0.019 and 0.0025; a curve can be read to 0.005. */
    static final double CASE_1_FIRST = 0.08;

    static final double CASE_1_LAST = 0.014;
    static final double CASE_2_FIRST = 0.06;
    static final double CASE_2_LAST = 0.012;

    /** Figures 2.3 to 2.6: deviations up to 0.0034. */
    static final double ACCURACY = 0.01;

    private static final List<String[]> REASONS = List.of(
            new String[] {
                "1.1",
                "± 20 %",
                "The study’s points are the errors of single minibatches. The standard deviation of a row’s error is a third of the mean,"
                        + " that of a mean over 32 rows 6 to 7 %; the tolerance is three times that."
            },
            new String[] {
                "1.2, 1.3",
                "± 8 %, ± 4 %",
                "Deviation over seeds 1.1 % on train and 0.9 % on test; half of the last digit is 5 % of"
                        + " 0.010 and 1.8 % of 0.028."
            },
            new String[] {
                "2.1",
                "± 0.08, ± 0.014",
                "Deviation over seeds 0.027 in epoch 0 and 0.0031 in epoch 240; a curve can be read to 0.005."
            },
            new String[] {
                "2.2",
                "± 0.06, ± 0.012",
                "Deviation over seeds 0.019 in epoch 0 and 0.0025 in epoch 240; a curve can be read to 0.005."
            },
            new String[] {"2.3 to 2.6", "± 0.01", "Deviation of the accuracies over seeds up to 0.0034."},
            new String[] {
                "2.4, 2.6",
                "± 2 √(2 n)",
                "A count n of rare events deviates by √n, the difference of two such counts by √(2 n)."
            });

    private Tolerances() {}

    /** The explanation on the page. */
    static Html html() {
        Html rows = new Html();
        for (String[] reason : REASONS) {
            rows.add("<tr><th scope=row>{}</th><td>{}</td><td>{}</td></tr>", reason[0], reason[1], reason[2]);
        }
        return Html.of(
                "<details id=tolerances><summary>How the tolerances were chosen</summary><p>The results of two"
                        + " trainings with different seeds differ in 95 % of cases by less than 2 √2 standard deviations"
                        + " of one training, measured with seeds 1 to 5. A tolerance is this plus half of the last digit"
                        + " that the study prints.</p><div class=scroll tabindex=0 role=region"
                        + " aria-label=\"Tolerances\"><table class=reasons><thead><tr><th scope=col>figure</th>"
                        + "<th scope=col>tolerance</th><th scope=col>why</th></tr></thead><tbody>{}</tbody></table></div>"
                        + "</details>",
                rows);
    }
}
