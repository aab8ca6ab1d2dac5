package org.sparkautoencoder.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparkautoencoder.LocalSparkTest;

/** Folders of rows: whole or not at all, in the order of the rows. */
final class RowsFolderTest extends LocalSparkTest {
    private static final StructType COLUMNS = new StructType()
            .add("row_id", DataTypes.LongType, false)
            .add("pixels", DataTypes.createArrayType(DataTypes.FloatType, false), false)
            .add("label", DataTypes.IntegerType, true);

    @TempDir
    private Path folder;

    @Test
    void write_csv_everyFileHasTheHeaderAndEmptyPartitionsNothingElse() throws IOException {
        Path out = folder.resolve("out");
        write(out, rows(2, 4), RowsFolder.Format.CSV);
        List<List<String>> files;
        try (Stream<Path> found = Files.list(out)) {
            files = found.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .map(RowsFolderTest::lines)
                    .toList();
        }
        assertThat(files).hasSize(4).allSatisfy(lines -> assertThat(lines).startsWith("row_id,0,1,label"));
        assertThat(files.stream().flatMap(lines -> lines.stream().skip(1)))
                .containsExactly("0,0.5,1.0E-5,", "1,0.5,1.0E-5,");
    }

    @ParameterizedTest
    @EnumSource(RowsFolder.Format.class)
    void write_failedTask_leavesNothing(RowsFolder.Format format) throws IOException {
        JavaRDD<Row> failing = rows(20, 2).map(row -> {
            if (row.getLong(0) == 17) {
                throw new IllegalStateException("the seventeenth");
            }
            return row;
        });
        assertThatThrownBy(() -> write(folder.resolve("out"), failing, format)).hasStackTraceContaining("seventeenth");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    private static void write(Path out, JavaRDD<Row> rows, RowsFolder.Format format) throws IOException {
        new RowsFolder(spark, out.toString()).write(rows, COLUMNS, format, column -> List.of("0", "1"));
    }

    private static JavaRDD<Row> rows(int n, int partitions) {
        List<Long> ids = Stream.iterate(0L, id -> id + 1).limit(n).toList();
        return spark.parallelize(ids, partitions).map(id -> RowFactory.create(id, new Float[] {0.5f, 1e-5f}, null));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
