package org.sparkautoencoder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparkautoencoder.results.ResultTables;
import org.sparkautoencoder.results.RunRow;
import org.sparkautoencoder.results.Status;
import org.sparkautoencoder.results.Table;
import org.sparkautoencoder.results.TableReader;

/** Runs whose rows, checkpoints, models and results are in a real HDFS of three datanodes. */
@Timeout(300)
final class HdfsResumeTest {
    @TempDir
    private static java.nio.file.Path temp;

    private static MiniDFSCluster cluster;
    private static FileSystem hdfs;
    private static Path out;
    private static String csv;

    @BeforeAll
    static void start() throws IOException {
        // They tell at length that one of them has stopped.
        Configurator.setLevel("org.apache.hadoop.hdfs.server.datanode", Level.OFF);
        Configuration conf = new Configuration();
        conf.set("hadoop.tmp.dir", temp.resolve("hadoop").toString());
        cluster = new MiniDFSCluster.Builder(conf, temp.resolve("hdfs").toFile())
                .numDataNodes(3)
                .build();
        hdfs = cluster.getFileSystem();
        out = new Path(hdfs.getUri() + "/user/someone/results");
        csv = hdfs.getUri() + "/user/someone/train.csv";
        java.nio.file.Path file = Program.csv(temp.resolve("train.csv"), 200, 1);
        hdfs.copyFromLocalFile(new Path(file.toUri()), new Path(csv));
    }

    @AfterAll
    static void stop() throws IOException {
        FileSystem.closeAll();
        cluster.shutdown();
        Configurator.setLevel("org.apache.hadoop.hdfs.server.datanode", Level.WARN);
    }

    private static void train(String master, String id, int epochs, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "--train=" + csv,
                "--out=" + out,
                "--progress=none",
                "--hidden=8",
                "--batch-size=16",
                "--shards=4",
                "--run-id=" + id,
                "--epochs=" + epochs,
                "--checkpoint-every=1",
                "--no-early-stop"));
        arguments.addAll(List.of(more));
        Program.Outcome outcome = Program.run(master, arguments.toArray(String[]::new));
        assertThat(outcome.exitCode()).as(outcome.out()).isZero();
    }

    private static RunRow run(String id) throws IOException {
        return new TableReader(out, new Configuration()).rows(Table.RUNS, id).get(0);
    }

    private static boolean has(String path) throws IOException {
        return hdfs.exists(new Path(out, path));
    }

    @Test
    void train_cutOffAndResumedOnHdfs_sameBits() throws IOException {
        train("local[1]", "whole", 9);
        assertThat(has("checkpoints/whole")).isFalse();
        train("local[2]", "cut", 4, "--keep-checkpoints");
        RunRow cut = run("cut");
        ResultTables.reopen(out, new Configuration(), "cut").putRun(cut.ended(Status.RUNNING, null, null, null));
        Program.Outcome resumed =
                Program.run("local[1]", "train", "--out=" + out, "--progress=none", "--resume", "--epochs=9");
        assertThat(resumed.exitCode()).as(resumed.out()).isZero();
        assertThat(run("cut").weightsSha256())
                .isEqualTo(run("whole").weightsSha256())
                .isNotEqualTo(cut.weightsSha256());
        assertThat(run("cut").state().status()).isEqualTo(Status.FINISHED);
        assertThat(run("cut").resumed()).isEqualTo(1);
        assertThat(has("models/cut/model.safetensors")).isTrue();
        assertThat(has("heartbeats/cut.json")).isFalse();
    }

    @Test
    void train_datanodeStoppedMeanwhile_sameBits() throws Exception {
        train("local[2]", "undisturbed", 300, "--checkpoint=" + Files.createDirectories(temp.resolve("local")));
        Thread stopping = new Thread(() -> {
            try {
                while (!has("checkpoints/disturbed")) {
                    Thread.sleep(5);
                }
                cluster.stopDataNode(0);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        stopping.start();
        train("local[2]", "disturbed", 300);
        stopping.join();
        assertThat(cluster.getDataNodes()).hasSize(2);
        assertThat(run("disturbed").weightsSha256())
                .isEqualTo(run("undisturbed").weightsSha256());
        assertThat(run("disturbed").state().status()).isEqualTo(Status.FINISHED);
    }
}
