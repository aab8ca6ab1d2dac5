package org.sparkautoencoder.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparkautoencoder.report.Claim.Verdict.DOES_NOT_HOLD;
import static org.sparkautoencoder.report.Claim.Verdict.HOLDS;
import static org.sparkautoencoder.report.Claim.Verdict.UNDECIDED;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sparkautoencoder.report.Claim.Verdict;
import org.sparkautoencoder.report.Comparison.Agreement;

/** The rules that decide the claims. */
final class ClaimsTest {
    private static final List<Double> TRAIN = List.of(0.002, 0.009, 0.024, 0.061);

    @Test
    void learningRate_lowestTestErrorDecides() {
        assertThat(TrainingClaims.learningRate(List.of(0.03, 0.023, 0.03, 0.06), TRAIN)
                        .verdict())
                .isEqualTo(HOLDS);
        Claim other = TrainingClaims.learningRate(List.of(0.03, 0.04, 0.02, 0.06), TRAIN);
        assertThat(other.verdict()).isEqualTo(DOES_NOT_HOLD);
        assertThat(other.why()).contains("the error with 0.001 is 50 % below");
        assertThat(TrainingClaims.learningRate(List.of(Double.POSITIVE_INFINITY, 0.04, 0.05, 0.06), TRAIN)
                        .verdict())
                .isEqualTo(HOLDS);
        assertThat(TrainingClaims.learningRate(Arrays.asList(null, 0.04, 0.05, 0.06), TRAIN)
                        .verdict())
                .isEqualTo(UNDECIDED);
    }

    @Test
    void constant_holdsIfTheStopRuleFiresNearEpoch220() {
        assertThat(constant(250, e -> e < 218 ? Math.pow(0.99, e) : Math.pow(0.99, 218)))
                .isEqualTo(HOLDS);
        assertThat(constant(250, e -> Math.pow(0.99, e))).isEqualTo(DOES_NOT_HOLD);
        assertThat(constant(100, e -> e < 50 ? Math.pow(0.99, e) : Math.pow(0.99, 50)))
                .isEqualTo(DOES_NOT_HOLD);
        assertThat(constant(100, e -> Math.pow(0.99, e))).isEqualTo(UNDECIDED);
        assertThat(constant(0, e -> 1)).isEqualTo(UNDECIDED);
    }

    @Test
    void lowest_needsDigitOneOnBothSets() {
        double[] one = {5, 1, 5, 5, 5, 5, 5, 5, 5, 5};
        double[] three = {5, 2, 5, 1, 5, 5, 5, 5, 5, 5};
        assertThat(DigitClaims.lowest(one, one).verdict()).isEqualTo(HOLDS);
        assertThat(DigitClaims.lowest(one, three).verdict()).isEqualTo(DOES_NOT_HOLD);
        assertThat(DigitClaims.lowest(one, null).verdict()).isEqualTo(UNDECIDED);
    }

    @Test
    void close_needsAllButDigitTwoWithinAQuarter() {
        double[] train = {4, 4, 4, 4, 4, 4, 4, 4, 4, 4};
        double[] test = {5, 4, 6, 4, 4, 4, 4, 4, 4, 4};
        assertThat(DigitClaims.close(train, test).verdict()).isEqualTo(HOLDS);
        assertThat(DigitClaims.close(train, train).verdict()).isEqualTo(DOES_NOT_HOLD);
        test[7] = 5.1;
        assertThat(DigitClaims.close(train, test).verdict()).isEqualTo(DOES_NOT_HOLD);
        assertThat(DigitClaims.close(null, test).verdict()).isEqualTo(UNDECIDED);
    }

    @Test
    void noisier_needsAMedianMoreThanFivePercentHigher() {
        double[] low = {0.1, 0.2, 0.3};
        double[] high = {0.15, 0.25, 0.28};
        assertThat(FeatureClaim.noisier(low, high).verdict()).isEqualTo(HOLDS);
        assertThat(FeatureClaim.noisier(high, low).verdict()).isEqualTo(DOES_NOT_HOLD);
        assertThat(FeatureClaim.noisier(low, low).verdict()).isEqualTo(DOES_NOT_HOLD);
        assertThat(FeatureClaim.noisier(low, new double[0]).verdict()).isEqualTo(UNDECIDED);
    }

    @Test
    void firstError_needsHalfOfTheStudysDrop() {
        assertThat(ClassifierClaims.firstError(0.4, 0.32).verdict()).isEqualTo(HOLDS);
        assertThat(ClassifierClaims.firstError(0.4, 0.34).verdict()).isEqualTo(DOES_NOT_HOLD);
        assertThat(ClassifierClaims.firstError(0.4, null).verdict()).isEqualTo(UNDECIDED);
    }

    @Test
    void better_needsBothSets() {
        List<Confusion> case1 = List.of(Paper.CASE_1_TEST, Paper.CASE_1_TEST);
        assertThat(ClassifierClaims.better(case1, List.of(Paper.CASE_2_TEST, Paper.CASE_2_TEST))
                        .verdict())
                .isEqualTo(HOLDS);
        assertThat(ClassifierClaims.better(case1, List.of(Paper.CASE_2_TEST, Paper.CASE_1_TEST))
                        .verdict())
                .isEqualTo(DOES_NOT_HOLD);
        assertThat(ClassifierClaims.better(null, case1).verdict()).isEqualTo(UNDECIDED);
    }

    @Test
    void zeros_thatTheThresholdMakes_areNotBecauseOfTheirShape() {
        Confusion few = matrix(0);
        Confusion many = matrix(9);
        assertThat(ClassifierClaims.zeros(List.of(many, few), List.of(many, few))
                        .verdict())
                .isEqualTo(DOES_NOT_HOLD);
        assertThat(ClassifierClaims.zeros(List.of(many, many), List.of(many, many))
                        .verdict())
                .isEqualTo(HOLDS);
        assertThat(ClassifierClaims.zeros(List.of(few, few), List.of(few, few)).verdict())
                .isEqualTo(DOES_NOT_HOLD);
        assertThat(ClassifierClaims.zeros(null, List.of(few, few)).verdict()).isEqualTo(UNDECIDED);
    }

    @Test
    void confusion_ofTheStudy_hasItsAccuracies() {
        assertThat(Paper.CASE_1_TEST.accuracy()).isEqualTo(0.876);
        assertThat(Paper.CASE_2_TEST.accuracy()).isEqualTo(0.906);
        assertThat(Paper.CASE_1_TEST.balancedAccuracy()).isBetween(0.8759, 0.8761);
        assertThat(Paper.CASE_1_TEST.predicted(0)).isEqualTo(164);
        assertThat(IntStream.range(0, 10).mapToLong(Paper.CASE_2_TEST::rows)).containsOnly(100L);
    }

    @Test
    void comparison_onTheEdgeOfItsTolerance_agrees() {
        assertThat(Comparison.absolute("a", "0.9", 0.92, 0.02).agreement()).isEqualTo(Agreement.AGREES);
        assertThat(Comparison.absolute("a", "0.9", 0.921, 0.02).agreement()).isEqualTo(Agreement.DIFFERS);
        assertThat(Comparison.relative("a", "0.010", 0.009, 0.1).agreement()).isEqualTo(Agreement.AGREES);
        assertThat(Comparison.relative("a", "0.010", null, 0.1).agreement()).isEqualTo(Agreement.NOT_MEASURED);
    }

    // Of 100 rows of each digit, so many are taken for 0 and twice 2 for others.
    private static Confusion matrix(int zeros) {
        long[][] n = new long[10][10];
        for (int digit = 0; digit < 10; digit++) {
            n[digit][digit] = 96;
            n[digit][(digit + 1) % 10] += 2;
            n[digit][(digit + 2) % 10] += 2;
            n[digit][0] += digit == 0 ? 0 : zeros;
        }
        return new Confusion(n);
    }

    private static Verdict constant(int epochs, IntToDoubleFunction error) {
        return TrainingClaims.constant(IntStream.range(0, epochs)
                        .mapToObj(error::applyAsDouble)
                        .toList())
                .verdict();
    }
}
