package org.sparkautoencoder.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark SQL reads the tables as the documents say. */
final class SparkSqlTest {
    @TempDir
    private static Path folder;

    private static SparkSession spark;

    @BeforeAll
    static void start() throws IOException {
        spark = SparkSession.builder()
                .master("local[2]")
                .appName("tables")
                .config("spark.ui.enabled", false)
                .config("spark.log.level", "WARN")
                .config("spark.sql.shuffle.partitions", 1)
                .config("spark.sql.adaptive.enabled", false) // a job more for each query
                .config("spark.sql.codegen.wholeStage", false) // costs more than it saves on a few rows
                .config("spark.sql.session.timeZone", "Asia/Kathmandu")
                .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
                .getOrCreate();
        SomeRows.write(out(), "b1");
        SomeRows.write(out(), "b2");
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @Test
    void everyTable_hasTheColumnsAndTypesOfTheReadme() throws IOException {
        for (Table<?> table : Table.ALL) {
            List<StructField> fields = Arrays.asList(read(table).schema().fields());
            List<String> expected = Readme.columns(table.name()).stream()
                    .map(column -> column.replace("TIMESTAMP WITH TIME ZONE", "TIMESTAMP")
                            .replace("VARCHAR", "STRING")
                            .replace("INTEGER[]", "ARRAY<INT>")
                            .replace("FLOAT[]", "ARRAY<FLOAT>")
                            .replace("INTEGER", "INT"))
                    .toList();
            assertThat(fields)
                    .extracting(field -> field.name() + " " + field.dataType().sql())
                    .startsWith(expected.toArray(new String[0]))
                    .endsWith("run_id STRING")
                    .hasSize(expected.size() + 1);
        }
    }

    @Test
    void everyQueryOfTheReadme_givesRows() throws IOException {
        List<String> statements = Readme.statements("spark");
        assertThat(statements).hasSizeGreaterThanOrEqualTo(8);
        for (String statement : statements) {
            String here = statement
                    .replace("'results/", "'" + folder.resolve("results") + "/")
                    .replace("`results/", "`" + folder.resolve("results") + "/");
            List<Row> rows = spark.sql(here).collectAsList();
            if (statement.startsWith("SELECT")) {
                assertThat(rows).as(statement).isNotEmpty();
            }
        }
    }

    @Test
    void values_areThoseThatWereWritten() {
        Row run = read(Table.RUNS)
                .where("run_id = 'b1'")
                .select("start_time", "layers", "status")
                .head();
        assertThat(run.<Timestamp>getAs("start_time").toInstant())
                .isEqualTo(Instant.parse("2026-03-29T00:59:59.123456Z"));
        assertThat(run.<Integer>getList(1)).containsExactly(784, 200, 784);
        assertThat(run.getString(2)).isEqualTo("finished");
        assertThat(read(Table.EPOCHS).where("test_error IS NULL").count()).isEqualTo(18);
    }

    @Test
    void filesOfSeveralVersions_areOneTable() throws IOException {
        org.apache.hadoop.fs.Path mixed =
                new org.apache.hadoop.fs.Path(folder.resolve("mixed").toUri());
        SomeRows.write(mixed, "old");
        ResultTables.create(mixed, new Configuration(), "later", SomeRows.run(Status.RUNNING))
                .append(
                        new Table<>("epochs", ResultTablesTest.LaterEpochRow.class),
                        List.of(new ResultTablesTest.LaterEpochRow(
                                "autoencoder", 0, 0, 0.07, null, 0.5, 8000.0, false, 0.25, null, null, null)));
        Dataset<Row> epochs = spark.read().option("mergeSchema", true).parquet(mixed + "/epochs");
        assertThat(epochs.where("epoch = 0")
                        .select("run_id", "later_seconds")
                        .orderBy("run_id")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[later,0.25]", "[old,null]");
    }

    private static org.apache.hadoop.fs.Path out() {
        return new org.apache.hadoop.fs.Path(folder.resolve("results").toUri());
    }

    private static Dataset<Row> read(Table<?> table) {
        return spark.read().parquet(out() + "/" + table.name());
    }
}
