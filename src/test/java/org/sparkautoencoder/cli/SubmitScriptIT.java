package org.sparkautoencoder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkautoencoder.cli.Script.Outcome;
import org.sparkautoencoder.cli.Script.Running;

/** submit.sh itself: what it does before, and instead of, starting a program. */
final class SubmitScriptIT {
    private static final String JAVA_HOME = System.getProperty("java.home");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"--help", "-h", "help"})
    void help_nothingBuiltAndNoJava_isPrintedAtOnce(String word) throws IOException {
        Path script = folder.resolve("unbuilt/submit.sh");
        Files.createDirectories(script.getParent());
        Files.copy(Script.PROJECT.resolve("submit.sh"), script);
        Process process = new ProcessBuilder(script.toString(), word).start();
        long start = System.nanoTime();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(out).startsWith("Usage: ./submit.sh").contains("Exit codes", "SPARK_HOME", "train", "prepare");
        assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
        assertThat(script.resolveSibling("target")).doesNotExist();
    }

    @Test
    void sparkOption_unknown_isNamedWithTheWayOut() {
        Outcome outcome = Script.in(folder).run("--epochs", "20");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err().lines())
                .singleElement()
                .asString()
                .contains("--epochs is no option of spark-submit", "./submit.sh train --epochs 20");
    }

    @ParameterizedTest
    @CsvSource({
        "--master, --master needs a value",
        "--class=Other, --class=Other is no option",
        "--properties-file=missing.conf, missing.conf cannot be read"
    })
    void sparkOption_unusable_isOneLine(String option, String message) {
        Outcome outcome = Script.in(folder).run(option);
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err().lines()).singleElement().asString().contains(message);
    }

    @Test
    void java_missing_isNamedWithWhatToInstall() {
        assertFailsInOneLine(
                Script.in(folder).withBareTools(folder.resolve("bin")).run(), "no java found: install a JDK 17");
    }

    @Test
    void java_tooOld_isNamedWithItsVersion() throws IOException {
        Script.program(folder.resolve("old/bin/java"), "exit 9");
        Files.writeString(folder.resolve("old/release"), "JAVA_VERSION=\"11.0.2\"\n");
        String home = folder.resolve("old").toString();
        assertFailsInOneLine(
                Script.in(folder).with("JAVA_HOME", home).run(), home + "/bin/java is Java 11: install a JDK 17");
    }

    @Test
    void javaHome_withoutJava_isNamed() {
        assertFailsInOneLine(
                Script.in(folder).with("JAVA_HOME", "/no/jdk").run(), "JAVA_HOME=/no/jdk holds no bin/java");
    }

    @Test
    void maven_missingWhenNeeded_isNamedWithWhatToInstall() throws IOException {
        Path copy = folder.resolve("copy");
        Script script = Script.ofCopy(copy).withBareTools(folder.resolve("bin")).with("JAVA_HOME", JAVA_HOME);
        Files.delete(copy.resolve("target/spark-autoencoder.jar"));
        assertFailsInOneLine(script.run(), "no mvn found, which the build needs: install Maven");
    }

    @Test
    void build_fails_stopsWithItsOutputAndIsTriedAgain() throws IOException {
        Path copy = folder.resolve("copy");
        Script script = Script.ofCopy(copy)
                .withBareTools(folder.resolve("bin"))
                .with("JAVA_HOME", JAVA_HOME)
                .with("SPARK_HOME", sparkHome("spark-core_2.13-4.1.0.jar"));
        // Leaves a jar behind, as a build does that fails in its last step.
        Script.program(
                folder.resolve("bin/mvn"), "echo 'ERROR in Main.java'; touch target/spark-autoencoder.jar; exit 1");
        Files.setLastModifiedTime(
                copy.resolve("pom.xml"), FileTime.from(Instant.now().plusSeconds(5)));
        for (int i = 0; i < 2; i++) {
            Outcome outcome = script.run();
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err()).contains("building, since ", "ERROR in Main.java", "the build failed");
            assertThat(outcome.out()).isEmpty();
        }
    }

    @Test
    void build_askedForTwiceAtOnce_isDoneOnce() throws IOException {
        Path copy = folder.resolve("copy");
        Script script = Script.ofCopy(copy)
                .withBareTools(folder.resolve("bin"))
                .with("JAVA_HOME", JAVA_HOME)
                .with("SPARK_HOME", sparkHome("spark-core_2.13-4.1.0.jar"));
        Files.delete(copy.resolve("target/spark-autoencoder.jar"));
        Script.program(folder.resolve("bin/mvn"), """
                echo built >>'%s'
                case "$*" in *-Dmaven.test.skip=true*package) ;; *) exit 1 ;; esac
                echo half >target/spark-autoencoder.jar
                sleep 1
                echo whole >target/spark-autoencoder.jar""".formatted(folder.resolve("builds")));
        List<Running> starts = List.of(script.start(), script.start(), script.start());
        for (Running start : starts) {
            assertThat(start.await().exitCode()).isEqualTo(7);
        }
        assertThat(folder.resolve("builds")).hasContent("built");
        assertThat(script.run().err()).isEmpty();
    }

    @Test
    void sparkHome_thatFits_isUsedAndGivenTheWholeCommand() throws IOException {
        Path link = folder.resolve("link.sh");
        Files.createSymbolicLink(link, Script.PROJECT.resolve("submit.sh"));
        Outcome outcome = Script.in(folder)
                .with("SPARK_HOME", sparkHome("spark-core_2.13-4.1.7-vendor-1.jar"))
                .with("OPENBLAS_CORETYPE", "HASWELL")
                .run(
                        "--conf=a=b c",
                        "-v",
                        "--driver-memory",
                        "3g",
                        "--master",
                        "local[2]",
                        "train",
                        "--conf",
                        "x y",
                        "");
        assertThat(outcome.exitCode()).isEqualTo(7);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out().lines())
                .containsExactly(
                        "in " + folder.toRealPath() + " threads 1 kernels HASWELL scala 2.13 home " + Script.PROJECT,
                        "--conf",
                        "spark.executorEnv.OPENBLAS_CORETYPE=HASWELL",
                        "--conf",
                        "spark.executorEnv.OPENBLAS_NUM_THREADS=1",
                        "--class",
                        "org.sparkautoencoder.cli.Main",
                        "--conf",
                        "a=b c",
                        "-v",
                        "--driver-memory",
                        "3g",
                        "--master",
                        "local[2]",
                        Script.PROJECT.resolve("target/spark-autoencoder.jar").toString(),
                        "train",
                        "--conf",
                        "x y",
                        "");
    }

    @Test
    void sparkSubmit_isTheStartedProcess_soThatSignalsReachIt() throws Exception {
        Path home = Path.of(sparkHome("spark-core_2.13-4.1.0.jar"));
        Script.program(home.resolve("bin/spark-submit"), "echo $$");
        Running running = Script.in(folder).with("SPARK_HOME", home.toString()).start();
        assertThat(running.await().out().strip())
                .isEqualTo(Long.toString(running.process().pid()));
    }

    @Test
    void sparkSubmit_onThePath_isUsedWhenItFits() throws IOException {
        Path home = Path.of(sparkHome("spark-core_2.13-4.1.2.jar"));
        Outcome outcome = Script.in(folder)
                .with("PATH", home.resolve("bin") + ":" + System.getenv("PATH"))
                .run();
        assertThat(outcome.exitCode()).isEqualTo(7);
        assertThat(outcome.out().lines()).endsWith("train");
    }

    @ParameterizedTest
    @CsvSource({"spark-core_2.12-3.5.1.jar, is Spark 3.5.1 with Scala 2.12", "other.jar, holds no jars/spark-core_*.jar"
    })
    void sparkHome_thatDoesNotFit_isNamedAndNotUsed(String jar, String found) throws IOException {
        String home = sparkHome(jar);
        Outcome outcome = Script.in(folder).with("SPARK_HOME", home).run("train", "--no-such-option");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err().lines().findFirst().orElseThrow())
                .contains("SPARK_HOME=" + home + " " + found, "needed is Spark 4.1.x with Scala 2.13");
    }

    @Test
    void project_inAFolderWithASpace_passesOptionsToTheJvmAndItsExitCodeBack() {
        Script script = Script.ofCopy(folder.resolve("a project"));
        Outcome help = script.run(
                "--driver-memory", "3g", "--conf", "spark.driver.extraJavaOptions=-Xlog:gc+init", "train", "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("Heap Max Capacity: 3G").contains("--epochs");
        assertThat(help.err()).isEmpty();
        assertThat(script.run("train", "--no-such-option").exitCode()).isEqualTo(2);
    }

    @Test
    void javaOption_thatSparkRefuses_isAUsageError() {
        Outcome outcome = Script.in(folder).run("--driver-java-options", "-Xmx3g");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err().strip().lines()).singleElement().asString().contains("--driver-memory");
    }

    @Test
    void signal_beforeTheProgramRuns_endsTheBuildAndSaysSo() throws Exception {
        Path copy = folder.resolve("copy");
        Script script = Script.ofCopy(copy).withBareTools(folder.resolve("bin")).with("JAVA_HOME", JAVA_HOME);
        Files.delete(copy.resolve("target/spark-autoencoder.jar"));
        Path builds = folder.resolve("builds");
        Script.program(folder.resolve("bin/mvn"), "echo $$ >'" + builds + "'; exec sleep 60");
        Running running = script.start();
        while (running.process().isAlive() && (!Files.exists(builds) || Files.size(builds) == 0)) {
            Thread.sleep(20);
        }
        running.process().destroy();
        Outcome outcome = running.await();
        assertThat(outcome.exitCode()).isEqualTo(130);
        assertThat(outcome.err()).endsWith("interrupted before anything began\n");
        long build = Long.parseLong(Files.readString(builds).strip());
        while (ProcessHandle.of(build).filter(ProcessHandle::isAlive).isPresent()) {
            Thread.sleep(20); // it ends, at the latest when the test's time is over
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', 127.0.0.1",
        "--master=local[2], '', 127.0.0.1",
        "--conf=spark.master=local, '', 127.0.0.1",
        "--properties-file=PROPERTIES/local, '', 127.0.0.1",
        "--master=spark://host:7077, '', ''",
        "--conf=spark.master=yarn, '', ''",
        "--properties-file=PROPERTIES/cluster, '', ''",
        "'', MASTER=spark://host:7077, ''",
        "'', SPARK_CONF_DIR=PROPERTIES, ''",
        "'', SPARK_LOCAL_IP=10.1.2.3, 10.1.2.3",
        "'', SPARK_PUBLIC_DNS=host, ''"
    })
    void localMaster_listensOnLoopback_unlessTheUserSaysOtherwise(String option, String variable, String address)
            throws IOException {
        Files.writeString(folder.resolve("local"), "spark.master  local[3]\n");
        Files.writeString(folder.resolve("cluster"), "# spark.master local\n spark.master = spark://host:7077\n");
        Files.writeString(folder.resolve("spark-defaults.conf"), "spark.master\tyarn\n");
        Path home = Path.of(sparkHome("spark-core_2.13-4.1.0.jar"));
        Script.program(home.resolve("bin/spark-submit"), "echo \"address ${SPARK_LOCAL_IP:-}\"");
        Script script = Script.in(folder).with("SPARK_HOME", home.toString());
        String[] set = variable.replace("PROPERTIES", folder.toString()).split("=", 2);
        if (set.length == 2) {
            script.with(set[0], set[1]);
        }
        String given = option.replace("PROPERTIES", folder.toString());
        Outcome outcome = given.isEmpty() ? script.run() : script.run(given);
        assertThat(outcome.out().strip()).isEqualTo(("address " + address).strip());
    }

    private static void assertFailsInOneLine(Outcome outcome, String message) {
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err().lines()).singleElement().asString().contains(message);
    }

    /** A Spark home with one jar of that name, whose spark-submit prints what it is given and ends with 7. */
    private String sparkHome(String jar) throws IOException {
        Path home = folder.resolve("spark");
        Files.createDirectories(home.resolve("jars"));
        Files.createFile(home.resolve("jars").resolve(jar));
        Script.program(home.resolve("bin/spark-submit"), """
                echo "in $PWD threads $OPENBLAS_NUM_THREADS kernels ${OPENBLAS_CORETYPE:-} \\
                scala $SPARK_SCALA_VERSION home $SPARK_AUTOENCODER_HOME"
                printf '%s\\n' "$@"
                exit 7""");
        return home.toString();
    }
}
