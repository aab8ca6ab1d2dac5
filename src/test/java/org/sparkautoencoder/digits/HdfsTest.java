package org.sparkautoencoder.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.DFSConfigKeys;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkautoencoder.LocalSpark;

final class HdfsTest {
    private static final int WIDTH = 30;

    @TempDir
    Path folder;

    /** Blocks of 4 KiB, so that lines and parts lie across them. */
    @Test
    void load_fromHdfs_isTheSameAsFromALocalFile() throws IOException {
        List<String> lines = CsvText.with(CsvText.header(WIDTH), CsvText.rows(500, WIDTH, true));
        Path local = CsvText.write(folder.resolve("rows.csv"), lines);
        Path gz = CsvText.write(folder.resolve("rows.csv.gz"), lines);
        Configuration conf = new HdfsConfiguration();
        conf.setInt(DFSConfigKeys.DFS_BLOCK_SIZE_KEY, 4096);
        conf.setInt(DFSConfigKeys.DFS_NAMENODE_MIN_BLOCK_SIZE_KEY, 1024);
        conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
        try (MiniDFSCluster cluster =
                        new MiniDFSCluster.Builder(conf).numDataNodes(1).build();
                JavaSparkContext spark = LocalSpark.start("local[2]");
                LoadedDigits expected = CsvDigits.load(spark, local.toString(), CsvSettings.DEFAULTS)) {
            FileSystem hdfs = cluster.getFileSystem();
            for (Path file : List.of(local, gz)) {
                hdfs.copyFromLocalFile(
                        new org.apache.hadoop.fs.Path(file.toUri()),
                        new org.apache.hadoop.fs.Path("/data/" + file.getFileName()));
            }
            String root = hdfs.getUri() + "/data/";
            for (String path : List.of(root + "rows.csv", root + "rows.csv.gz", root + "*.csv")) {
                for (int partitions : new int[] {0, 13}) {
                    try (LoadedDigits loaded =
                            CsvDigits.load(spark, path, CsvSettings.DEFAULTS.withPartitions(partitions))) {
                        assertThat(loaded.fingerprint()).isEqualTo(expected.fingerprint());
                    }
                }
            }
            assertThatThrownBy(() -> CsvDigits.load(spark, root + "none.csv", CsvSettings.DEFAULTS))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining(root + "none.csv does not exist");
        }
    }
}
