package org.sparkautoencoder.results;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Trials of a version that knew fewer columns, beside trials of this one. */
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
