package org.sparkautoencoder.report;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The figures of the study and of other runs. */
final class StudyFigures {
    private StudyFigures() {}

    /** All figures of the study in order, including those whose runs are missing. */
    static List<Figure> of(Study study) {
        return List.of(
                CurveFigures.denoising(study.denoising()),
                ErrorFigures.average(study.denoising()),
                ErrorFigures.digits(study.denoising()),
                PictureFigures.weights("1.4", Figure.id("1.4"), study.autoencoder(), "autoencoder"),
                PictureFigures.weights("1.5", Figure.id("1.5"), study.denoising(), "denoising autoencoder"),
                PictureFigures.samples("1.6", Figure.id("1.6"), study.denoising()),
                CurveFigures.classifier("2.1", study.case1(), "autoencoder", Paper.CASE_1_ERRORS),
                CurveFigures.classifier("2.2", study.case2(), "denoising autoencoder", Paper.CASE_2_ERRORS),
                ConfusionFigures.train("2.3", study.case1(), "autoencoder", Paper.CASE_1_TRAIN),
                ConfusionFigures.test("2.4", study.case1(), "autoencoder", Paper.CASE_1_TEST),
                ConfusionFigures.train("2.5", study.case2(), "denoising autoencoder", Paper.CASE_2_TRAIN),
                ConfusionFigures.test("2.6", study.case2(), "denoising autoencoder", Paper.CASE_2_TEST));
    }

    /** Additional figures for the claims. */
    static List<Figure> further(Study study) {
        return Stream.of(
                        study.rates().stream().filter(Objects::nonNull).count() > 1
                                ? GridFigure.of(study.rates())
                                : null,
                        FeatureClaim.figure(study.autoencoder(), study.denoising()),
                        ScoreFigures.of(study.case1(), "scores-1", "Scores of the classifier, case 1"),
                        ScoreFigures.of(study.case2(), "scores-2", "Scores of the classifier, case 2"))
                .filter(Objects::nonNull)
                .toList();
    }

    /** The figures of another run, as far as it was measured. */
    static List<Figure> of(Run run, int number) {
        String id = "other-" + number + "-";
        return Stream.of(
                        CurveFigures.other(run, id + "curve"),
                        ErrorFigures.other(run, id + "digits"),
                        ConfusionFigures.other(run, id + "train", "train"),
                        ConfusionFigures.other(run, id + "test", "test"),
                        ScoreFigures.of(run, id + "scores", "Scores"),
                        run.samples().isEmpty() ? null : PictureFigures.samples(null, id + "samples", run),
                        run.features().isEmpty()
                                ? null
                                : PictureFigures.weights(null, id + "features", run, "first hidden layer"))
                .filter(Objects::nonNull)
                .toList();
    }
}
