package org.sparkautoencoder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.io.compress.BZip2Codec;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkautoencoder.csv.CsvLoader;
import org.sparkautoencoder.csv.CsvSettings;
import org.sparkautoencoder.csv.LoadedRows;

/** A real HDFS, whose blocks of 1 KiB cut the rows. */
final class HdfsTest {
    private static final int BLOCK = 1024;

    @TempDir
    private static Path temp;

    private static MiniDFSCluster cluster;
    private static JavaSparkContext spark;
    private static FileSystem hdfs;
    private static String root;

    @BeforeAll
    static void start() throws IOException {
        Configuration conf = new Configuration();
        conf.setInt("dfs.namenode.fs-limits.min-block-size", BLOCK);
        conf.setInt("dfs.blocksize", BLOCK);
        conf.set("hadoop.tmp.dir", temp.resolve("hadoop").toString());
        cluster = new MiniDFSCluster.Builder(conf, temp.resolve("hdfs").toFile())
                .numDataNodes(1)
                .build();
        hdfs = cluster.getFileSystem();
        root = hdfs.getUri() + "/user/someone";
        spark = new JavaSparkContext(new SparkConf()
                .setMaster("local[2]")
                .setAppName("hdfs")
                .set("spark.ui.enabled", "false")
                .set("spark.log.level", "ERROR"));
        List<String> rows = rows();
        write("train/part-0.csv", rows.subList(0, 150));
        write("train/part-1.csv.bz2", rows.subList(150, 200));
        write("train/_SUCCESS", List.of());
        write("test.csv", rows.subList(0, 40));
        write("whole.csv", rows);
    }

    @AfterAll
    static void stop() throws IOException {
        spark.close();
        FileSystem.closeAll();
        cluster.shutdown();
    }

    private static List<String> rows() {
        Random random = new Random(1);
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < 200; row++) {
            StringBuilder line = new StringBuilder();
            for (int pixel = 0; pixel < 16; pixel++) {
                line.append(random.nextInt(256)).append(',');
            }
            rows.add(line.append(row % 10).toString());
        }
        return rows;
    }

    private static void write(String name, List<String> rows) throws IOException {
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(root, name);
        BZip2Codec bzip2 = new BZip2Codec();
        bzip2.setConf(new Configuration());
        try (OutputStream file = hdfs.create(path);
                OutputStream out = name.endsWith(".bz2") ? bzip2.createOutputStream(file) : file) {
            out.write(
                    rows.isEmpty()
                            ? new byte[0]
                            : ("a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,label\n" + String.join("\n", rows))
                                    .getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void load_hdfs_sameRowsHoweverTheyLie() throws IOException {
        FileStatus whole = hdfs.getFileStatus(new org.apache.hadoop.fs.Path(root, "whole.csv"));
        assertThat(hdfs.getFileBlockLocations(whole, 0, whole.getLen())).hasSizeGreaterThan(5);
        LoadedRows one = CsvLoader.load(spark, root + "/whole.csv", CsvSettings.DEFAULTS);
        LoadedRows cut = CsvLoader.load(spark, root + "/train", CsvSettings.DEFAULTS.withPartitions(9));
        LoadedRows glob = CsvLoader.load(spark, root + "/tr*/part-*", CsvSettings.DEFAULTS);
        assertThat(one.rows()).isEqualTo(200);
        assertThat(cut.fingerprint()).isEqualTo(one.fingerprint());
        assertThat(glob.fingerprint()).isEqualTo(one.fingerprint());
    }

    @Test
    void train_hdfs_readsFromItAndWritesModelAndTablesToIt() throws IOException {
        int code = Main.run(
                "train",
                "--train=" + root + "/train",
                "--test=" + root + "/test.csv",
                "--out=" + root + "/results",
                "--run-id=h1",
                "--epochs=2",
                "--progress=none");
        assertThat(code).isZero();
        List<String> files = files("results");
        assertThat(files).contains("results/models/h1/model.safetensors", "results/models/h1/model.json");
        for (String table : List.of("runs", "epochs", "digit_errors", "samples", "features")) {
            assertThat(files).anyMatch(file -> file.startsWith("results/" + table + "/run_id=h1/part-"));
        }
    }

    @Test
    void train_missingPathOnHdfs_isBadInput() {
        assertThat(Main.run("train", "--train=" + root + "/missing", "--out=" + root + "/none", "--progress=none"))
                .isEqualTo(ExitCode.BAD_INPUT);
    }

    private static List<String> files(String folder) throws IOException {
        RemoteIterator<LocatedFileStatus> all = hdfs.listFiles(new org.apache.hadoop.fs.Path(root, folder), true);
        List<String> files = new ArrayList<>();
        while (all.hasNext()) {
            files.add(all.next().getPath().toString().substring(root.length() + 1));
        }
        return files;
    }
}
