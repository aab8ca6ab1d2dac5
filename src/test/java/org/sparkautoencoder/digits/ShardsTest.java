package org.sparkautoencoder.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkautoencoder.digits.MaskingNoise.Mode;

final class ShardsTest {
    private static final int ROWS = 503;
    private static final int WIDTH = 30;
    private static final Sharding SHARDING = new Sharding(ROWS, 5, 32, 9);

    @TempDir
    Path folder;

    private static JavaSparkContext spark(Class<?> serializer) {
        return new JavaSparkContext(new SparkConf()
                .setMaster("local[2]")
                .setAppName("test")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.serializer", serializer.getName()));
    }

    private static List<Shard> collected(LoadedDigits rows, int partitions, MaskingNoise noise) {
        List<Shard> shards =
                new ArrayList<>(Shards.of(rows, SHARDING, partitions, noise).collect());
        shards.sort((a, b) -> Integer.compare(a.index(), b.index()));
        return shards;
    }

    private static void assertSame(List<Shard> actual, List<Shard> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            assertThat(actual.get(i)).usingRecursiveComparison().isEqualTo(expected.get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {JavaSerializer.class, KryoSerializer.class})
    void shards_anyPartitionsFilesAndCompression_areTheSame(Class<?> serializer) throws IOException {
        List<String> rows = CsvText.rows(ROWS, WIDTH, true);
        String header = CsvText.header(WIDTH);
        Path one = CsvText.write(folder.resolve("one.csv"), CsvText.with(header, rows));
        Path gz = CsvText.write(folder.resolve("one.csv.gz"), CsvText.with(header, rows));
        Path bz2 = CsvText.write(folder.resolve("one.csv.bz2"), CsvText.with(header, rows));
        Path many = folder.resolve("many");
        for (int part = 0; part < 7; part++) {
            List<String> some = rows.subList(ROWS * part / 7, ROWS * (part + 1) / 7);
            String ending = new String[] {".csv", ".csv.gz", ".csv.bz2"}[part % 3];
            CsvText.write(many.resolve("part-" + part + ending), part % 2 == 0 ? CsvText.with(header, some) : some);
        }
        MaskingNoise noise = new MaskingNoise(0.4, 0.05, 1, Mode.FIXED);
        try (JavaSparkContext spark = spark(serializer);
                LoadedDigits whole = CsvDigits.load(spark, one.toString(), CsvSettings.DEFAULTS)) {
            List<Shard> expected = collected(whole, 2, noise);
            for (Path path : List.of(one, gz, bz2, many)) {
                for (int partitions : new int[] {1, 5, 60}) {
                    try (LoadedDigits loaded =
                            CsvDigits.load(spark, path.toString(), CsvSettings.DEFAULTS.withPartitions(partitions))) {
                        assertThat(loaded.fingerprint()).isEqualTo(whole.fingerprint());
                        assertSame(collected(loaded, 1 + partitions % 5, noise), expected);
                    }
                }
            }
        }
    }

    @Test
    void shards_ofAnyData_holdEachRowInItsSlot() throws IOException {
        List<String> rows = CsvText.rows(ROWS, WIDTH, true);
        Path csv = CsvText.write(folder.resolve("rows.csv"), CsvText.with(CsvText.header(WIDTH), rows));
        try (JavaSparkContext spark = spark(JavaSerializer.class);
                LoadedDigits loaded = CsvDigits.load(spark, csv.toString(), CsvSettings.DEFAULTS.withPartitions(6))) {
            JavaRDD<Shard> rdd = Shards.of(loaded, SHARDING, 3, null);
            List<List<Shard>> partitions = rdd.glom().collect();
            assertThat(partitions).hasSize(3);
            Permutation positions = SHARDING.positions();
            int seen = 0;
            for (int partition = 0; partition < 3; partition++) {
                for (Shard shard : partitions.get(partition)) {
                    assertThat(shard.index() % 3).isEqualTo(partition);
                    assertThat(shard.rows()).isEqualTo(SHARDING.rowsOf(shard.index()));
                    assertThat(shard.targets()).isSameAs(shard.inputs());
                    for (int slot = 0; slot < shard.rows(); slot++) {
                        long id = shard.ids()[slot];
                        assertThat(SHARDING.shardOf(positions.apply(id))).isEqualTo(shard.index());
                        assertThat(SHARDING.slotOf(positions.apply(id))).isEqualTo(slot);
                        String[] cells = rows.get((int) id).split(",", -1);
                        assertThat(shard.labels()[slot]).isEqualTo((byte) (id % 10));
                        for (int i = 0; i < WIDTH; i++) {
                            assertThat(shard.inputs()[slot * WIDTH + i]).isEqualTo(Integer.parseInt(cells[i]) / 255f);
                        }
                        seen++;
                    }
                }
            }
            assertThat(seen).isEqualTo(ROWS);
        }
    }

    @Test
    void shards_fixedNoise_maskInputsAndLeaveTargetsClean() throws IOException {
        Path csv = CsvText.write(
                folder.resolve("rows.csv"), CsvText.with(CsvText.header(WIDTH), CsvText.rows(ROWS, WIDTH, true)));
        MaskingNoise noise = new MaskingNoise(0.4, 0.05, 1, Mode.FIXED);
        try (JavaSparkContext spark = spark(JavaSerializer.class);
                LoadedDigits loaded = CsvDigits.load(spark, csv.toString(), CsvSettings.DEFAULTS)) {
            List<Shard> clean = collected(loaded, 2, null);
            List<Shard> noised = collected(loaded, 2, noise);
            List<Shard> fresh = collected(loaded, 2, new MaskingNoise(0.4, 0.05, 1, Mode.FRESH));
            assertSame(fresh, clean);
            List<Shard> byRow = new ArrayList<>(
                    Shards.of(loaded.digits().map(noise::noised), SHARDING, 3).collect());
            byRow.sort((a, b) -> Integer.compare(a.index(), b.index()));
            assertSame(byRow, noised);
            for (int s = 0; s < clean.size(); s++) {
                assertThat(noised.get(s).targets()).isEqualTo(clean.get(s).inputs());
                float[] expected = clean.get(s).inputs().clone();
                for (int slot = 0; slot < clean.get(s).rows(); slot++) {
                    noise.mask(0, clean.get(s).ids()[slot], expected, slot * WIDTH, WIDTH);
                }
                assertThat(noised.get(s).inputs()).isEqualTo(expected);
            }
        }
    }

    @Test
    void shards_whenTheRowsAreClosed_leaveNothingElseInMemory() throws IOException {
        Path csv = CsvText.write(
                folder.resolve("rows.csv"), CsvText.with(CsvText.header(WIDTH), CsvText.rows(ROWS, WIDTH, true)));
        try (JavaSparkContext spark = spark(JavaSerializer.class)) {
            LoadedDigits loaded = CsvDigits.load(spark, csv.toString(), CsvSettings.DEFAULTS);
            JavaRDD<Shard> shards = Shards.of(loaded, SHARDING, 2, null);
            assertThat(spark.getPersistentRDDs()).hasSize(1);
            loaded.close();
            assertThat(spark.getPersistentRDDs()).isEmpty();
            assertThat(shards.count()).isEqualTo(5);
            assertThat(loaded.digits().count()).isEqualTo(ROWS); // read again
        }
    }

    @Test
    void shards_ofMappedRowsAndOneHotTargets_haveTheirOwnWidths() throws IOException {
        Path csv = CsvText.write(
                folder.resolve("rows.csv"), CsvText.with(CsvText.header(WIDTH), CsvText.rows(ROWS, WIDTH, true)));
        try (JavaSparkContext spark = spark(KryoSerializer.class);
                LoadedDigits loaded = CsvDigits.load(spark, csv.toString(), CsvSettings.DEFAULTS)) {
            List<Shard> shards = Shards.of(loaded.digits().map(ShardsTest::oneHot), SHARDING, 4)
                    .collect();
            assertThat(shards).hasSize(5);
            for (Shard shard : shards) {
                for (int slot = 0; slot < shard.rows(); slot++) {
                    assertThat(shard.inputs()[slot * 3]).isEqualTo((float) shard.ids()[slot]);
                    for (int digit = 0; digit < 10; digit++) {
                        assertThat(shard.targets()[slot * 10 + digit])
                                .isEqualTo(digit == shard.labels()[slot] ? 1f : 0f);
                    }
                }
            }
        }
    }

    private static Example oneHot(Digit digit) {
        float[] target = new float[10];
        target[digit.label()] = 1;
        return new Example(digit.id(), digit.label(), new float[] {(float) digit.id(), 1, 2}, target);
    }

    @Test
    void shards_rowsThatAreNotTheShardings_areRefused() throws IOException {
        Path csv = CsvText.write(
                folder.resolve("rows.csv"), CsvText.with(CsvText.header(WIDTH), CsvText.rows(40, WIDTH, true)));
        try (JavaSparkContext spark = spark(JavaSerializer.class);
                LoadedDigits loaded = CsvDigits.load(spark, csv.toString(), CsvSettings.DEFAULTS)) {
            assertThatThrownBy(() -> Shards.of(loaded, SHARDING, 2, null)).hasMessageContaining("40 rows");
            Sharding sharding = new Sharding(40, 4, 8, 1);
            assertThatThrownBy(() -> Shards.of(loaded, sharding, 5, null)).hasMessageContaining("1..4");
            JavaRDD<Example> missing = loaded.digits().filter(d -> d.id() != 7).map(Example::of);
            assertThatThrownBy(() -> Shards.of(missing, sharding, 2).collect()).hasMessageContaining("should have");
        }
    }
}
