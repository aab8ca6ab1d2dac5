package org.sparkautoencoder.report;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sparkautoencoder.results.ConfusionRow;
import org.sparkautoencoder.results.DigitErrorRow;
import org.sparkautoencoder.results.EpochRow;
import org.sparkautoencoder.results.FeatureRow;
import org.sparkautoencoder.results.RowLabel;
import org.sparkautoencoder.results.RunRow;
import org.sparkautoencoder.results.SampleRow;
import org.sparkautoencoder.results.ScoreRow;
import org.sparkautoencoder.results.Table;
import org.sparkautoencoder.results.TableReader;

/** A run as stored in the tables; of a repeated epoch only the latest attempt. */
record Run(
        String id,
        RunRow row,
        List<EpochRow> epochs,
        List<DigitErrorRow> digitErrors,
        List<ConfusionRow> confusion,
        List<ScoreRow> scores,
        List<SampleRow> samples,
        List<FeatureRow> features) {

    static Run read(TableReader reader, String id, RunRow row) throws IOException {
        return new Run(
                id,
                row,
                latest(reader.rows(Table.EPOCHS, id)),
                reader.rows(Table.DIGIT_ERRORS, id),
                reader.rows(Table.CONFUSION, id),
                reader.rows(Table.SCORES, id),
                reader.rows(Table.SAMPLES, id),
                reader.rows(Table.FEATURES, id));
    }

    boolean isClassifier() {
        return row.model().equals("classifier");
    }

    /** Whether this is the learning rate, within the precision of a float. */
    boolean hasRate(double rate) {
        return Math.abs(row.training().learningRate() - rate) < 1e-5 * rate;
    }

    /** An epoch by its number; null if there is none. */
    EpochRow epoch(int number) {
        return epochs.stream().filter(e -> e.epoch() == number).findFirst().orElse(null);
    }

    EpochRow lastEpoch() {
        return epochs.isEmpty() ? null : epochs.get(epochs.size() - 1);
    }

    /** Whether it has labels, and they are digits. */
    boolean hasDigits() {
        return labels().anyMatch(label -> label.digit() != null);
    }

    /** Whether it has labels other than digits, unlike the study. */
    boolean hasOtherLabels() {
        return labels().anyMatch(label -> label.text() != null && label.digit() == null);
    }

    private Stream<RowLabel> labels() {
        return Stream.of(
                        digitErrors.stream().map(row -> new RowLabel(row.label(), row.digit())),
                        confusion.stream().map(row -> new RowLabel(row.trueLabel(), row.trueDigit())),
                        samples.stream().map(row -> new RowLabel(row.label(), row.digit())))
                .flatMap(Function.identity());
    }

    /** The mean error of the rows of a label, or of all rows if it is null; null if not measured. */
    Double error(String split, String input, boolean thresholded, String label) {
        for (DigitErrorRow error : digitErrors) {
            if (error.split().equals(split)
                    && error.input().equals(input)
                    && error.thresholded() == thresholded
                    && Objects.equals(label, error.label())) {
                return error.meanError();
            }
        }
        return null;
    }

    /** The final test error with the run's own input and no threshold; null if not measured. */
    Double finalTestError() {
        Double measured = error("test", input(), false, null);
        if (measured != null) {
            return measured;
        }
        Double last = null;
        for (EpochRow epoch : epochs) {
            last = epoch.errors().testError() == null ? last : epoch.errors().testError();
        }
        return last;
    }

    Double finalTrainError() {
        return lastEpoch() == null ? null : lastEpoch().errors().trainError();
    }

    /** The input of the training: clean or noised. */
    String input() {
        return row.training().noise().noiseMode() == null ? "clean" : "noised";
    }

    Confusion confusion(String split, boolean thresholded) {
        return Confusion.of(confusion, split, thresholded);
    }

    /** The matrix of the ten digits; null if there is none. */
    Confusion digitConfusion(String split, boolean thresholded) {
        Confusion matrix = confusion(split, thresholded);
        return matrix != null && matrix.isOfDigits() ? matrix : null;
    }

    /** Wall time of the run, or of its epochs if it has not ended. */
    double seconds() {
        return row.state().endTime() == null
                ? epochs.stream()
                        .mapToDouble(epoch -> epoch.duration().seconds())
                        .sum()
                : Duration.between(row.state().startTime(), row.state().endTime())
                                .toMillis()
                        / 1e3;
    }

    /** The latest attempt of each epoch, in order. */
    static List<EpochRow> latest(List<EpochRow> rows) {
        TreeMap<Integer, EpochRow> byNumber = new TreeMap<>();
        for (EpochRow row : rows) {
            byNumber.merge(row.epoch(), row, (one, other) -> other.attempt() >= one.attempt() ? other : one);
        }
        return new ArrayList<>(byNumber.values());
    }
}
