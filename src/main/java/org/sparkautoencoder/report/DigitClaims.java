package org.sparkautoencoder.report;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sparkautoencoder.report.Claim.Verdict;

/** The claims about the errors of the ten digits, noised and thresholded as in figures 1.2 and 1.3. */
final class DigitClaims {
    private static final double CLOSE = 1.25;
    private static final int EXCEPTION = 2;

    private DigitClaims() {}

    /** @param train the error of each digit, or null; test likewise */
    static Claim lowest(double[] train, double[] test) {
        Verdict verdict = Verdict.UNDECIDED;
        String measured = "no errors of each digit";
        String why = "The errors of the ten digits are missing.";
        if (train != null && test != null) {
            int onTrain = lowest(train);
            int onTest = lowest(test);
            verdict = Verdict.of(onTrain == 1 && onTest == 1);
            measured = String.format(
                    Locale.ROOT,
                    "lowest: digit %d on train (%.5f), digit %d on test (%.5f); next lowest: %.5f and %.5f",
                    onTrain,
                    train[onTrain],
                    onTest,
                    test[onTest],
                    secondLowest(train),
                    secondLowest(test));
            why = verdict == Verdict.HOLDS
                    ? String.format(
                            Locale.ROOT,
                            "On test, the error of digit 1 is %.0f %% below that of the next digit. On train it is"
                                    + " %.0f %% below.",
                            100 * (1 - test[onTest] / secondLowest(test)),
                            100 * (1 - train[onTrain] / secondLowest(train)))
                    : "Another digit has a lower error on at least one of the two sets. The claim names digit 1 for both.";
        }
        return new Claim(
                3,
                "Digit 1 has the lowest error.",
                "Holds if of the ten digits' mean errors (noised input, thresholded output) that of 1 is lowest on"
                        + " train and on test.",
                measured,
                verdict,
                why);
    }

    /** @param train the error of each digit, or null; test likewise */
    static Claim close(double[] train, double[] test) {
        Verdict verdict = Verdict.UNDECIDED;
        String measured = "no errors of each digit";
        String why = "The errors of the ten digits are missing.";
        if (train != null && test != null) {
            int far = (int) IntStream.range(0, train.length)
                    .filter(digit -> isFar(train, test, digit))
                    .count();
            verdict = Verdict.of(far == 1 && isFar(train, test, EXCEPTION));
            measured = "test / train: "
                    + IntStream.range(0, train.length)
                            .mapToObj(
                                    digit -> String.format(Locale.ROOT, "%d: %.2f", digit, test[digit] / train[digit]))
                            .collect(Collectors.joining(", "));
            boolean higherOnTest = IntStream.range(0, train.length)
                    .filter(digit -> isFar(train, test, digit))
                    .allMatch(digit -> test[digit] > train[digit]);
            why = String.format(
                    Locale.ROOT,
                    "The two errors are more than a quarter apart for %s of the ten digits. %s",
                    far == 0 ? "none" : far == train.length ? "each" : String.valueOf(far),
                    far == 0
                            ? "So digit 2 is no exception."
                            : far == 1 && isFar(train, test, EXCEPTION)
                                    ? "It is digit 2, as claimed."
                                    : higherOnTest
                                            ? "Each of them is higher on test: the network reconstructs its training digits"
                                                    + " better than others."
                                            : "For some of them the error is even lower on test than on train.");
        }
        return new Claim(
                4,
                "Train and test errors of a digit are close, except for digit 2.",
                "Holds if the test error is within a quarter of the train error for every digit but 2, and is not for"
                        + " 2 (noised input, thresholded output).",
                measured,
                verdict,
                why);
    }

    static int lowest(double[] errors) {
        return IntStream.range(0, errors.length)
                .reduce((a, b) -> errors[b] < errors[a] ? b : a)
                .orElseThrow();
    }

    static int highest(double[] errors) {
        return IntStream.range(0, errors.length)
                .reduce((a, b) -> errors[b] > errors[a] ? b : a)
                .orElseThrow();
    }

    private static double secondLowest(double[] errors) {
        return IntStream.range(0, errors.length)
                .mapToDouble(i -> errors[i])
                .sorted()
                .skip(1)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFar(double[] train, double[] test, int digit) {
        return Math.abs(test[digit] - train[digit]) > (CLOSE - 1) * train[digit];
    }
}
