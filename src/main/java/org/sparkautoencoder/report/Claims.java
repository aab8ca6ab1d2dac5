package org.sparkautoencoder.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparkautoencoder.results.EpochRow;
import org.sparkautoencoder.results.Status;

/** The study's eight claims, evaluated with the measurements in the tables. */
final class Claims {
    private Claims() {}

    static List<Claim> of(Study study) {
        return List.of(
                TrainingClaims.learningRate(
                        study.rates().stream().map(Claims::testError).toList(),
                        study.rates().stream()
                                .map(run -> run == null ? null : run.finalTrainError())
                                .toList()),
                TrainingClaims.constant(trainErrors(study.denoising())),
                DigitClaims.lowest(digitErrors(study.denoising(), "train"), digitErrors(study.denoising(), "test")),
                DigitClaims.close(digitErrors(study.denoising(), "train"), digitErrors(study.denoising(), "test")),
                FeatureClaim.noisier(noisiness(study.autoencoder()), noisiness(study.denoising())),
                ClassifierClaims.firstError(firstError(study.case1()), firstError(study.case2())),
                ClassifierClaims.better(
                        confusions(study.case1(), "train", "test"), confusions(study.case2(), "train", "test")),
                ClassifierClaims.zeros(thresholdedAndPlain(study.case1()), thresholdedAndPlain(study.case2())));
    }

    // The error of a diverged run counts as infinite.
    private static Double testError(Run run) {
        if (run == null) {
            return null;
        }
        boolean diverged = run.row().state().status() == Status.DIVERGED;
        return diverged ? (Double) Double.POSITIVE_INFINITY : run.finalTestError();
    }

    private static List<Double> trainErrors(Run run) {
        List<Double> errors = new ArrayList<>();
        for (int epoch = 0; run != null && run.epoch(epoch) != null; epoch++) {
            Double error = run.epoch(epoch).errors().trainError();
            if (error == null) {
                break;
            }
            errors.add(error);
        }
        return errors;
    }

    /** The errors of the ten digits as in figures 1.2 and 1.3; null if one is missing. */
    static double[] digitErrors(Run run, String split) {
        double[] errors = new double[Confusion.DIGITS.size()];
        for (int digit = 0; digit < errors.length; digit++) {
            Double error = run == null ? null : run.error(split, run.input(), true, Confusion.DIGITS.get(digit));
            if (error == null) {
                return null;
            }
            errors[digit] = error;
        }
        return errors;
    }

    private static double[] noisiness(Run run) {
        return run == null ? new double[0] : Noisiness.sorted(run.features());
    }

    private static Double firstError(Run run) {
        EpochRow first = run == null ? null : run.epoch(0);
        return first == null ? null : first.trainErrorAtEnd();
    }

    private static List<Confusion> confusions(Run run, String... splits) {
        return run == null
                ? null
                : orNull(Arrays.stream(splits)
                        .map(split -> run.digitConfusion(split, true))
                        .toList());
    }

    // The test digits with and without the threshold.
    private static List<Confusion> thresholdedAndPlain(Run run) {
        return run == null
                ? null
                : orNull(Arrays.asList(run.digitConfusion("test", true), run.digitConfusion("test", false)));
    }

    private static List<Confusion> orNull(List<Confusion> matrices) {
        return matrices.contains(null) ? null : matrices;
    }
}
