package org.sparkautoencoder.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.sparkautoencoder.report.Claim.Verdict;

/** The claims about the training of the denoising autoencoder. */
final class TrainingClaims {
    private static final int CONSTANT_FROM = 220;
    private static final int SLACK = 20;
    private static final int WINDOW = 5;
    private static final double TOLERANCE = 0.01;

    private TrainingClaims() {}

    /**
     * @param test the test error at each of {@link Paper#RATES}, infinite where it diverged, null where it is missing
     * @param train likewise the training error, for comparison
     */
    static Claim learningRate(List<Double> test, List<Double> train) {
        String measured = "test (training) error: " + each(test, train);
        Verdict verdict = Verdict.UNDECIDED;
        String why = "Not every learning rate of the grid has a test error. The best one needs all four.";
        if (test.stream().noneMatch(Objects::isNull)) {
            int best = lowest(test);
            int claimed = Paper.RATES.indexOf(Paper.RATE);
            verdict = Verdict.of(best == claimed);
            why = best == claimed
                    ? "The network trained with 0.01 has the lowest error on the test digits."
                    : String.format(
                            Locale.ROOT,
                            "On the test digits the error with %s is %.0f %% below that with 0.01.",
                            Numbers.setting(Paper.RATES.get(best)),
                            100 * (1 - test.get(best) / test.get(claimed)));
            why += train.stream().anyMatch(Objects::isNull)
                    ? " Some training errors are missing."
                    : lowest(train) == best
                            ? " The training error is lowest at the same rate."
                            : " The training error alone would choose "
                                    + Numbers.setting(Paper.RATES.get(lowest(train)))
                                    + ", whose test error is higher.";
        }
        return new Claim(
                1,
                "A learning rate of 0.01 is the best of 0.1, 0.01, 0.001 and 0.0001.",
                "Holds if the test error (noised input, no threshold) at the end is lowest at 0.01.",
                measured,
                verdict,
                why);
    }

    /** @param errors the mean training error of each epoch from 0 on */
    static Claim constant(List<Double> errors) {
        int fired = -1;
        for (int e = WINDOW; e < errors.size() && fired < 0; e++) {
            if (change(errors, e) < TOLERANCE) {
                fired = e;
            }
        }
        boolean falls = true;
        for (int e = 10; e < errors.size() && e <= CONSTANT_FROM; e += 10) {
            falls &= errors.get(e) < errors.get(e - 10);
        }
        Verdict verdict = Verdict.UNDECIDED;
        String why = "The training has too few epochs. The rule must be able to fire up to epoch "
                + (CONSTANT_FROM + SLACK) + ".";
        boolean longEnough = errors.size() > CONSTANT_FROM + SLACK;
        if (longEnough || (fired >= 0 && fired < CONSTANT_FROM - SLACK)) {
            verdict = Verdict.of(falls && Math.abs(fired - CONSTANT_FROM) <= SLACK);
            why = (falls ? "The error falls from each tenth epoch to the next." : "The error does not fall steadily.")
                    + (fired < 0
                            ? " It is not constant by the study's own stop rule at any epoch here: it still changes by "
                                    + Numbers.percent(change(errors, errors.size() - 1)) + " in the last five."
                            : " By the study's own stop rule it is constant from epoch " + fired + " on.");
        }
        return new Claim(
                2,
                "The error keeps falling and is constant after about epoch 220.",
                "Holds if the epoch's mean training error falls from each tenth epoch to the next up to 220, and the"
                        + " study's stop rule (a change below 1 % over five epochs) first fires at epoch 220 ± 20.",
                errors.isEmpty()
                        ? "no epochs"
                        : errors.size() + " epochs; the rule "
                                + (fired < 0 ? "does not fire" : "first fires at epoch " + fired)
                                + (errors.size() > WINDOW
                                        ? "; change over the last five epochs "
                                                + Numbers.percent(change(errors, errors.size() - 1))
                                        : ""),
                verdict,
                why);
    }

    private static double change(List<Double> errors, int epoch) {
        double before = errors.get(epoch - WINDOW);
        return Math.abs(before - errors.get(epoch)) / before;
    }

    private static int lowest(List<Double> values) {
        int best = 0;
        for (int i = 1; i < values.size(); i++) {
            best = values.get(i) < values.get(best) ? i : best;
        }
        return best;
    }

    private static String each(List<Double> test, List<Double> train) {
        List<String> each = new ArrayList<>();
        for (int i = 0; i < test.size(); i++) {
            Double error = test.get(i);
            String text = error != null && error.isInfinite() ? "diverged" : Numbers.error(error);
            each.add(Numbers.setting(Paper.RATES.get(i)) + ": " + text + " (" + Numbers.error(train.get(i)) + ")");
        }
        return String.join(", ", each);
    }
}
