package org.sparkautoencoder.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkautoencoder.LocalSpark;
import org.sparkautoencoder.report.Report;

/** Tables of a version that knew fewer columns, beside those of this one. */
final class OlderColumnsTest {
    /** The columns with which the table began. */
    record OldTrialRow(
            String sweepId,
            int trial,
            String trialRunId,
            Status status,
            double learningRate,
            Double trainError,
            Double testError,
            int epochs,
            double seconds,
            String error) {}

    /** The errors of a version whose labels were digits. */
    record OldDigitErrorRow(
            String model,
            String split,
            String input,
            boolean thresholded,
            Integer digit,
            long n,
            Double meanError,
            Double stdError) {}

    /** The confusion likewise. */
    record OldConfusionRow(
            String model, String split, boolean thresholded, int trueDigit, int predictedDigit, long n) {}

    private static final Table<OldDigitErrorRow> OLD_ERRORS = new Table<>("digit_errors", OldDigitErrorRow.class);
    private static final Table<OldConfusionRow> OLD_CONFUSION = new Table<>("confusion", OldConfusionRow.class);
    private static final OldConfusionRow OLD_CONFUSION_ROW = new OldConfusionRow("classifier", "test", true, 1, 7, 3);
    private static final Table<OldTrialRow> OLD = new Table<>("trials", OldTrialRow.class);
    private static final OldTrialRow OLD_ROW =
            new OldTrialRow("old", 0, "old-0", Status.FINISHED, 0.01, 0.008, 0.02, 250, 20, null);

    @TempDir
    private Path folder;

    private org.apache.hadoop.fs.Path out;

    @BeforeEach
    void write() throws Exception {
        Configuration conf = new Configuration();
        out = new org.apache.hadoop.fs.Path(folder.resolve("results").toUri());
        ResultTables.createSweep(out, conf, "new", List.of(SomeRows.trial(0, Status.FINISHED)));
        ResultTables.create(out, conf, "old", SomeRows.run(Status.RUNNING)).append(OLD, List.of(OLD_ROW));
    }

    @Test
    void reader_ofThisVersion_readsOldFilesWithNulls() throws Exception {
        TrialRow row = new TableReader(out, new Configuration())
                .rows(Table.TRIALS, "old")
                .get(0);
        assertThat(row.outcome().testError()).isEqualTo(0.02);
        assertThat(row.settings()).isNull();
        assertThat(row.comparison().objective()).isNull();
        assertThat(row.comparison().objectiveValue()).isNull();
        assertThat(row.comparison().decision()).isNull();
    }

    @Test
    void reader_ofTheOldVersion_readsNewFiles() throws Exception {
        TableReader reader = new TableReader(out, new Configuration());
        assertThat(reader.rows(OLD, "old")).containsExactly(OLD_ROW);
        assertThat(reader.rows(OLD, "new").get(0).trialRunId()).isEqualTo("grid-0");
    }

    @Test
    void reader_ofTablesWithDigitsAlone_takesTheirTextForTheLabels() throws Exception {
        ResultTables tables = ResultTables.reopen(out, new Configuration(), "old");
        tables.append(
                OLD_ERRORS,
                List.of(
                        new OldDigitErrorRow("autoencoder", "test", "noised", false, null, 100, 0.02, 0.01),
                        new OldDigitErrorRow("autoencoder", "test", "noised", false, 8, 100, 0.02, 0.01)));
        tables.append(OLD_CONFUSION, List.of(OLD_CONFUSION_ROW));
        TableReader reader = new TableReader(out, new Configuration());
        assertThat(reader.rows(Table.DIGIT_ERRORS, "old"))
                .containsExactly(SomeRows.digitError(null), SomeRows.digitError(8));
        assertThat(reader.rows(Table.CONFUSION, "old")).containsExactly(SomeRows.confusion(1, 7, 3));
    }

    @Test
    void report_ofTablesWithDigitsAlone_isThatOfTablesWithLabels() throws Exception {
        List<OldDigitErrorRow> oldErrors = new ArrayList<>();
        List<DigitErrorRow> errors = new ArrayList<>();
        List<OldConfusionRow> oldConfusion = new ArrayList<>();
        List<ConfusionRow> confusion = new ArrayList<>();
        for (int d = 0; d < 3; d++) {
            oldErrors.add(new OldDigitErrorRow("classifier", "test", "noised", true, d, 9, 0.1 * d, 0.1));
            errors.add(new DigitErrorRow("classifier", "test", "noised", true, RowLabel.digit(d), 9, 0.1 * d, 0.1));
            oldConfusion.add(new OldConfusionRow("classifier", "test", true, d, 2, d + 1));
            confusion.add(SomeRows.confusion(d, 2, d + 1));
        }
        assertThat(page("digits", OLD_ERRORS, oldErrors, OLD_CONFUSION, oldConfusion))
                .isEqualTo(page("labels", Table.DIGIT_ERRORS, errors, Table.CONFUSION, confusion))
                .contains("Error of each digit", "Rows are the true digits", "<th scope=row>2</th>");
    }

    private <E extends Record, C extends Record> String page(
            String name, Table<E> errorTable, List<E> errors, Table<C> confusionTable, List<C> confusion)
            throws IOException {
        Configuration conf = new Configuration();
        org.apache.hadoop.fs.Path results = new org.apache.hadoop.fs.Path(out, name);
        RunRow study = SomeRows.run(Status.RUNNING);
        RunRow classifier = new RunRow(
                "train",
                "classifier",
                study.state(),
                study.data(),
                study.training(),
                study.platform(),
                null,
                study.origin(),
                null,
                study.settings(),
                study.fingerprints(),
                0);
        ResultTables tables = ResultTables.create(results, conf, "one", classifier);
        tables.append(errorTable, errors);
        tables.append(confusionTable, confusion);
        return Report.of(results, conf, List.of(), List.of());
    }

    @Test
    void reader_thatKnowsDigitsAlone_readsTablesWhoseLabelsAreDigits() throws Exception {
        ResultTables.reopen(out, new Configuration(), "old")
                .append(Table.CONFUSION, List.of(SomeRows.confusion(1, 7, 3)));
        assertThat(new TableReader(out, new Configuration()).rows(OLD_CONFUSION, "old"))
                .containsExactly(OLD_CONFUSION_ROW);
    }

    @Test
    void duckDb_oldAndNewColumns_areOneTable() throws SQLException {
        String from = " FROM read_parquet('" + folder + "/results/trials/*/*.parquet', hive_partitioning = true,"
                + " union_by_name = true) ORDER BY run_id";
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement();
                ResultSet rows = statement.executeQuery("SELECT run_id, learning_rate, objective" + from)) {
            List<String> all = new ArrayList<>();
            while (rows.next()) {
                all.add(rows.getString(1) + " " + rows.getDouble(2) + " " + rows.getString(3));
            }
            assertThat(all).containsExactly("new 0.1 train-error", "old 0.01 null");
        }
    }

    @Test
    void sparkSql_oldAndNewColumns_areOneTable() {
        try (JavaSparkContext spark = LocalSpark.start("local[1]")) {
            SparkSession session =
                    SparkSession.builder().sparkContext(spark.sc()).getOrCreate();
            session.read().option("mergeSchema", true).parquet(out + "/trials").createOrReplaceTempView("trials");
            assertThat(session.sql("SELECT run_id, learning_rate, objective FROM trials ORDER BY run_id")
                            .collectAsList())
                    .extracting(Row::toString)
                    .containsExactly("[new,0.1,train-error]", "[old,0.01,null]");
            // Who knows the old columns alone asks for them alone.
            assertThat(session.read()
                            .schema("trial INT, test_error DOUBLE, run_id STRING")
                            .parquet(out + "/trials")
                            .orderBy("run_id")
                            .collectAsList())
                    .extracting(Row::toString)
                    .containsExactly("[0,null,new]", "[0,0.02,old]");
        }
    }
}
