package org.sparkautoencoder.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DuckDB reads the tables as the documents say. */
final class DuckDbTest {
    @TempDir
    private Path folder;

    private org.apache.hadoop.fs.Path out;
    private Connection duckDb;

    @BeforeEach
    void connect() throws SQLException {
        out = new org.apache.hadoop.fs.Path(folder.resolve("results").toUri());
        duckDb = DriverManager.getConnection("jdbc:duckdb:");
    }

    @AfterEach
    void disconnect() throws SQLException {
        duckDb.close();
    }

    @Test
    void everyTable_hasTheColumnsAndTypesOfTheReadme() throws Exception {
        SomeRows.write(out, "b1");
        for (Table<?> table : Table.ALL) {
            List<String> expected = new ArrayList<>(Readme.columns(table.name()));
            assertThat(expected).hasSameSizeAs(table.columns());
            expected.add("run_id VARCHAR");
            assertThat(query("DESCRIBE FROM " + all(table)).stream()
                            .map(row -> row.get(0) + " " + row.get(1))
                            .toList())
                    .as(table.name())
                    .isEqualTo(expected);
        }
    }

    @Test
    void everyQueryOfTheReadme_givesRows() throws Exception {
        SomeRows.write(out, "b1");
        SomeRows.write(out, "b2");
        List<String> statements = Readme.statements("duckdb");
        assertThat(statements).hasSizeGreaterThanOrEqualTo(6);
        for (String statement : statements) {
            assertThat(query(here(statement))).as(statement).isNotEmpty();
        }
    }

    @Test
    void values_areThoseThatWereWritten() throws Exception {
        SomeRows.write(out, "b1");
        assertThat(query("SELECT start_time = TIMESTAMPTZ '2026-03-29 00:59:59.123456+00', layers[2], noise_mode,"
                        + " git_commit, run_id FROM " + all(Table.RUNS)))
                .containsExactly(Arrays.asList("true", "200", "fixed", null, "b1"));
        assertThat(query("SELECT len(pixels), pixels[2] FROM " + all(Table.SAMPLES)))
                .containsExactly(List.of("6", "0.25"));
        assertThat(query("SELECT count(*), count(test_error), max(epoch) FROM " + all(Table.EPOCHS)))
                .containsExactly(List.of("11", "2", "10"));
    }

    @Test
    void filesOfSeveralVersions_areOneTable() throws Exception {
        SomeRows.write(out, "old");
        ResultTables later = ResultTables.create(out, new Configuration(), "later", SomeRows.run(Status.RUNNING));
        later.append(
                new Table<>("epochs", ResultTablesTest.LaterEpochRow.class),
                List.of(new ResultTablesTest.LaterEpochRow(
                        "autoencoder", 0, 0, 0.07, null, 0.5, 8000.0, false, 0.25, null, null, null)));
        assertThat(query("SELECT run_id, train_error, later_seconds FROM " + all(Table.EPOCHS)
                        + " WHERE epoch = 0 ORDER BY run_id"))
                .containsExactly(List.of("later", "0.07", "0.25"), Arrays.asList("old", "0.07", null));
    }

    @Test
    void reading_whileRunsAreWritten_neverMeetsHalfAFile() throws Exception {
        int epochs = 40;
        SomeRows.write(out, "before");
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            List<Future<Void>> writers = new ArrayList<>();
            for (String runId : List.of("a", "b")) {
                writers.add(pool.submit(() -> {
                    Configuration conf = new Configuration();
                    ResultTables tables = ResultTables.create(out, conf, runId, SomeRows.run(Status.RUNNING));
                    for (int epoch = 0; epoch < epochs; epoch++) {
                        tables.append(Table.EPOCHS, List.of(SomeRows.epoch(epoch), SomeRows.epoch(epoch)));
                        tables.putRun(SomeRows.run(epoch % 2 == 0 ? Status.KILLED : Status.RUNNING));
                    }
                    return null;
                }));
            }
            long last = 11;
            int reads = 0;
            while (writers.stream().anyMatch(writer -> !writer.isDone())) {
                long rows = Long.parseLong(query("SELECT count(*) FROM " + all(Table.EPOCHS) + " WHERE seconds = 0.5")
                        .get(0)
                        .get(0));
                assertThat(rows).isGreaterThanOrEqualTo(last).isLessThanOrEqualTo(11 + 4L * epochs);
                assertThat(rows % 2).isEqualTo(1); // two rows a file: all or none of a file
                last = rows;
                assertThat(query("SELECT run_id, count(DISTINCT status) FROM " + all(Table.RUNS) + " GROUP BY ALL"))
                        .allMatch(row -> row.get(1).equals("1"));
                reads++;
            }
            for (Future<Void> writer : writers) {
                writer.get();
            }
            assertThat(reads).isGreaterThan(1);
        } finally {
            pool.shutdownNow();
        }
        assertThat(query("SELECT run_id, count(*) FROM " + all(Table.EPOCHS) + " GROUP BY ALL ORDER BY ALL"))
                .containsExactly(List.of("a", "80"), List.of("b", "80"), List.of("before", "11"));
    }

    @Test
    void whatIsWrittenAside_isNotRead() throws Exception {
        SomeRows.write(out, "b1");
        Path part = folder.resolve("results/epochs/run_id=b1/part-00000.parquet");
        String aside =
                RunFolder.temporary(new org.apache.hadoop.fs.Path(part.toUri())).getName();
        Files.writeString(part.resolveSibling(aside), "half a file");
        assertThat(query("SELECT count(*) FROM " + all(Table.EPOCHS))).containsExactly(List.of("11"));
        try (Stream<Path> files = Files.list(part.getParent())) {
            assertThat(files).hasSize(12);
        }
    }

    private String all(Table<?> table) {
        return here("read_parquet('results/" + table.name()
                + "/*/*.parquet', hive_partitioning = true, union_by_name = true)");
    }

    private String here(String sql) {
        return sql.replace("'results/", "'" + folder.resolve("results") + "/");
    }

    private List<List<String>> query(String sql) throws SQLException {
        try (Statement statement = duckDb.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<List<String>> result = new ArrayList<>();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.add(rows.getString(i));
                }
                result.add(row);
            }
            return result;
        }
    }
}
