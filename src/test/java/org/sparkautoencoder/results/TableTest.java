package org.sparkautoencoder.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TableTest {
    // The first columns of each table. A column is added at the end and nullable: these lines never change, but that a
    // column becomes nullable, as the digits of the confusion did when labels could be any text.
    private static final String RUNS = """
            message runs {
              optional binary experiment (STRING);
              optional binary model (STRING);
              optional binary status (STRING);
              optional int64 start_time (TIMESTAMP(MICROS,true));
              optional int64 end_time (TIMESTAMP(MICROS,true));
              optional binary dataset (STRING);
              required int64 train_rows;
              required int64 test_rows;
              optional group layers (LIST) {
                repeated group list {
                  required int32 element;
                }
              }
              required int32 epochs;
              required int32 batch_size;
              required double learning_rate;
              required double momentum;
              required int64 seed;
              required int32 shards;
              optional double noise_zero;
              optional double noise_one;
              optional binary noise_mode (STRING);
              required int32 workers;
              required int32 executors;
              optional binary blas (STRING);
              optional binary app_version (STRING);
              optional binary git_commit (STRING);
              optional binary spark_version (STRING);
              optional binary java_version (STRING);
              optional binary master (STRING);
              optional binary spark_app_id (STRING);
              optional binary weights_sha256 (STRING);
              optional binary parent_run_id (STRING);
              optional binary sweep_id (STRING);
              optional binary error (STRING);
            """;
    private static final String EPOCHS = """
            message epochs {
              optional binary model (STRING);
              required int32 epoch;
              required int32 attempt;
              optional double train_error;
              optional double test_error;
              required double seconds;
              optional double rows_per_second;
              required boolean diverged;
            """;
    private static final String DIGIT_ERRORS = """
            message digit_errors {
              optional binary model (STRING);
              optional binary split (STRING);
              optional binary input (STRING);
              required boolean thresholded;
              optional int32 digit;
              required int64 n;
              optional double mean_error;
              optional double std_error;
            """;
    private static final String CONFUSION = """
            message confusion {
              optional binary model (STRING);
              optional binary split (STRING);
              required boolean thresholded;
              optional int32 true_digit;
              optional int32 predicted_digit;
              required int64 n;
            """;
    private static final String SCORES = """
            message scores {
              optional binary model (STRING);
              optional binary split (STRING);
              required boolean thresholded;
              optional int32 digit;
              required int64 n;
              optional double precision;
              optional double recall;
              optional double f1;
              optional double accuracy;
              optional double balanced_accuracy;
            """;
    private static final String SAMPLES = """
            message samples {
              optional binary model (STRING);
              optional binary split (STRING);
              optional binary view (STRING);
              required int64 row_id;
              optional int32 digit;
              required int32 width;
              required int32 height;
              optional double error;
              optional group pixels (LIST) {
                repeated group list {
                  required float element;
                }
              }
            """;
    private static final String FEATURES = """
            message features {
              optional binary model (STRING);
              required int32 neuron;
              required int32 width;
              required int32 height;
              optional double weight_norm;
              optional group pixels (LIST) {
                repeated group list {
                  required float element;
                }
              }
            """;
    private static final String TRIALS = """
            message trials {
              optional binary sweep_id (STRING);
              required int32 trial;
              optional binary trial_run_id (STRING);
              optional binary status (STRING);
              required double learning_rate;
              optional double train_error;
              optional double test_error;
              required int32 epochs;
              required double seconds;
              optional binary error (STRING);
            """;

    @Test
    void schema_startsWithTheFirstColumnsAndAddsNullableOnes() {
        for (String first : new String[] {RUNS, EPOCHS, DIGIT_ERRORS, CONFUSION, SCORES, SAMPLES, FEATURES, TRIALS}) {
            String name = first.split(" ", -1)[1];
            Table<?> table = Table.ALL.stream()
                    .filter(known -> known.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            String schema = table.schema().toString();
            assertThat(schema).startsWith(first);
            assertThat(Arrays.asList(schema.substring(first.length()).split("\n", -1)))
                    .noneMatch(line -> line.startsWith("  required"));
        }
    }

    @Test
    void row_valueOutOfRange_isRefusedByColumnAndValue() {
        assertThatThrownBy(() -> SomeRows.confusion(10, 1, 1)).hasMessage("true_digit must be 0..9, got 10");
        RowLabel three = new RowLabel("three", 3);
        assertThatThrownBy(() -> new ConfusionRow("classifier", "test", true, RowLabel.digit(3), three, 1))
                .hasMessage("predicted_label must be the predicted_digit 3 as text, got three");
        assertThatThrownBy(() -> new ConfusionRow("classifier", "test", true, RowLabel.NONE, RowLabel.digit(3), 1))
                .hasMessage("true_label must not be null");
        assertThatThrownBy(() -> new FeatureRow("autoencoder", 0, 2, 2, 1.0, new float[3]))
                .hasMessage("pixels must be 2 x 2 values, got 3");
        assertThatThrownBy(() -> new DigitErrorRow("autoencoder", "dev", "clean", false, RowLabel.NONE, 1, 0.1, 0.1))
                .hasMessage("split must be one of [train, test], got dev");
        assertThatThrownBy(() -> new EpochRow.Duration(Double.NaN, null))
                .hasMessage("seconds must be a number of at least 0, got NaN");
    }

    @Test
    void table_componentOfAnUnknownType_isRefused() {
        record Odd(char c) {}
        assertThatThrownBy(() -> new Table<>("odd", Odd.class)).hasMessage("no column can hold a char");
    }

    @Test
    void readme_thresholded_namesBothLimits() throws IOException {
        for (Table<?> table : List.of(Table.DIGIT_ERRORS, Table.CONFUSION, Table.SCORES)) {
            assertThat(Readme.description(table.name(), "thresholded")).contains("0.75", "0.25");
        }
    }

    @Test
    void readme_attempt_isSparksOwnAndGoesOnWhenResumed() throws IOException {
        assertThat(Readme.description("epochs", "attempt"))
                .contains("Spark's", "loss of an executor", "goes on counting when the run is resumed");
    }
}
