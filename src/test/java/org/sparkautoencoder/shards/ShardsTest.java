package org.sparkautoencoder.shards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkautoencoder.csv.BadInputException;
import org.sparkautoencoder.csv.CsvLoader;
import org.sparkautoencoder.csv.CsvSettings;
import org.sparkautoencoder.csv.CsvText;
import org.sparkautoencoder.csv.DataRow;
import org.sparkautoencoder.csv.LoadedRows;
import org.sparkautoencoder.csv.Scaling;
import org.sparkautoencoder.kernel.Permutation;
import org.sparkautoencoder.shards.MaskingNoise.Mode;
import scala.Tuple2;

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

    /** @param noise null for none */
    private static List<Shard> collected(LoadedRows rows, int partitions, MaskingNoise noise) {
        JavaRDD<Shard> clean = Shards.of(rows, SHARDING, partitions);
        List<Shard> shards = new ArrayList<>((noise == null ? clean : clean.map(noise::noised)).collect());
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
                LoadedRows whole = CsvLoader.load(spark, one.toString(), CsvSettings.DEFAULTS)) {
            List<Shard> expected = collected(whole, 2, noise);
            for (Path path : List.of(one, gz, bz2, many)) {
                for (int partitions : new int[] {1, 5, 60}) {
                    try (LoadedRows loaded =
                            CsvLoader.load(spark, path.toString(), CsvSettings.DEFAULTS.withPartitions(partitions))) {
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
                LoadedRows loaded = CsvLoader.load(spark, csv.toString(), CsvSettings.DEFAULTS.withPartitions(6))) {
            JavaRDD<Shard> rdd = Shards.of(loaded, SHARDING, 3);
            List<List<Shard>> partitions = rdd.glom().collect();
            assertThat(partitions).hasSize(3);
            Permutation positions = SHARDING.positions();
            int seen = 0;
            for (int partition = 0; partition < 3; partition++) {
                assertThat(partitions.get(partition))
                        .extracting(Shard::index)
                        .containsExactlyElementsOf(IntStream.range(partition * 5 / 3, (partition + 1) * 5 / 3)
                                .boxed()
                                .toList());
                for (Shard shard : partitions.get(partition)) {
                    assertThat(shard.rows()).isEqualTo(SHARDING.rowsOf(shard.index()));
                    assertThat(shard.targets()).isSameAs(shard.inputs());
                    for (int index = 0; index < shard.rows(); index++) {
                        long id = shard.ids()[index];
                        assertThat(SHARDING.shardOf(positions.apply(id))).isEqualTo(shard.index());
                        assertThat(SHARDING.indexOf(positions.apply(id))).isEqualTo(index);
                        String[] cells = rows.get((int) id).split(",", -1);
                        assertThat(shard.labels()[index]).isEqualTo((byte) (id % 10));
                        for (int i = 0; i < WIDTH; i++) {
                            assertThat(shard.inputs()[index * WIDTH + i]).isEqualTo(Integer.parseInt(cells[i]) / 255f);
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
                LoadedRows loaded = CsvLoader.load(spark, csv.toString(), CsvSettings.DEFAULTS)) {
            List<Shard> clean = collected(loaded, 2, null);
            List<Shard> noised = collected(loaded, 2, noise);
            for (int s = 0; s < clean.size(); s++) {
                assertThat(noised.get(s).targets()).isEqualTo(clean.get(s).inputs());
                float[] expected = clean.get(s).inputs().clone();
                for (int index = 0; index < clean.get(s).rows(); index++) {
                    noise.mask(0, clean.get(s).ids()[index], expected, index * WIDTH, WIDTH);
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
            LoadedRows loaded = CsvLoader.load(spark, csv.toString(), CsvSettings.DEFAULTS);
            JavaRDD<Shard> shards = Shards.of(loaded, SHARDING, 2);
            assertThat(shards.count()).isEqualTo(5);
            assertThat(spark.getPersistentRDDs()).hasSize(1);
            loaded.close();
            assertThat(spark.getPersistentRDDs()).isEmpty();
            assertThat(shards.count()).isEqualTo(5); // of the shuffle's files
            assertThat(loaded.dataRows().count()).isEqualTo(ROWS); // read again
        }
    }

    @Test
    void oneHotTargets_ofAShard_areOneAtItsLabels() throws IOException {
        Path csv = CsvText.write(
                folder.resolve("rows.csv"), CsvText.with(CsvText.header(WIDTH), CsvText.rows(ROWS, WIDTH, true)));
        try (JavaSparkContext spark = spark(KryoSerializer.class);
                LoadedRows loaded = CsvLoader.load(spark, csv.toString(), CsvSettings.DEFAULTS)) {
            List<Shard> clean = collected(loaded, 4, null);
            List<Shard> shards = new ArrayList<>(
                    Shards.of(loaded, SHARDING, 4).map(new OneHotTargets(10)).collect());
            assertThat(shards).hasSize(5);
            for (Shard shard : shards) {
                assertThat(shard.inputs()).isEqualTo(clean.get(shard.index()).inputs());
                for (int index = 0; index < shard.rows(); index++) {
                    for (int digit = 0; digit < 10; digit++) {
                        assertThat(shard.targets()[index * 10 + digit])
                                .isEqualTo(digit == shard.labels()[index] ? 1f : 0f);
                    }
                }
            }
        }
    }

    @Test
    void oneHotTargets_rowWithoutLabel_isRefused() {
        float[] values = new float[2];
        Shard shard = new Shard(0, new long[] {3, 17}, new short[] {1, DataRow.UNLABELLED}, values, values);
        assertThatThrownBy(() -> new OneHotTargets(10).call(shard))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("row 17 has no label");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "5, 3", "64, 7", "64, 64", "3, 8", "7, 5"})
    void shards_anyNumberOfPartitions_lieInContiguousBlocks(int shards, int partitions) {
        ContiguousPartitioner partitioner = new ContiguousPartitioner(shards, partitions);
        assertThat(partitioner.numPartitions()).isEqualTo(partitions);
        for (int partition = 0; partition < partitions; partition++) {
            assertThat(partitioner.firstShard(partition)).isEqualTo(partition * shards / partitions);
            for (int s = partitioner.firstShard(partition); s < partitioner.firstShard(partition + 1); s++) {
                assertThat(partitioner.getPartition(s)).isEqualTo(partition);
            }
        }
        assertThat(partitioner.firstShard(partitions)).isEqualTo(shards);
    }

    @Test
    void shards_rowsThatAreNotTheShardings_areRefused() throws IOException {
        Path csv = CsvText.write(
                folder.resolve("rows.csv"), CsvText.with(CsvText.header(WIDTH), CsvText.rows(40, WIDTH, true)));
        try (JavaSparkContext spark = spark(JavaSerializer.class);
                LoadedRows loaded = CsvLoader.load(spark, csv.toString(), CsvSettings.DEFAULTS)) {
            assertThatThrownBy(() -> Shards.of(loaded, SHARDING, 2)).hasMessageContaining("40 rows");
            Sharding sharding = new Sharding(40, 4, 8, 1);
            assertThatThrownBy(() -> Shards.of(loaded, sharding, 0)).hasMessageContaining("at least 1");
            ContiguousPartitioner whole = new ContiguousPartitioner(4, 1);
            ShardAssembly assembly = new ShardAssembly(sharding, whole, WIDTH, Scaling.range(255));
            List<Tuple2<Integer, byte[]>> blocks =
                    new ArrayList<>(Shards.blocks(loaded, sharding).collect());
            blocks.remove(blocks.size() - 1);
            assertThatThrownBy(() -> assembly.call(0, blocks.iterator())).hasMessageContaining("should have");
            blocks.add(blocks.get(0));
            assertThatThrownBy(() -> assembly.call(0, blocks.iterator())).hasMessageContaining("occurs twice");
        }
    }
}
