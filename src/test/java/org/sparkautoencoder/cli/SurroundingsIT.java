package org.sparkautoencoder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparkautoencoder.RequiresMounts;
import org.sparkautoencoder.results.RunRow;
import org.sparkautoencoder.results.Status;
import org.sparkautoencoder.results.Table;

/** The program in surroundings that are against it, and when it is cut off. */
@Tag("long")
@Timeout(240)
final class SurroundingsIT {
    private static final String TEMPORARY = "spark-autoencoder-";

    @TempDir
    private Path folder;

    private Path temporary;
    private Path out;
    private String rows;

    @BeforeEach
    void write() throws IOException {
        temporary = Files.createDirectory(folder.resolve("temporary"));
        out = folder.resolve("results");
        rows = Program.csv(folder.resolve("rows.csv"), 400, 1).toString();
    }

    /** All at once: ASCII's locale, letters that it lacks, and a TMPDIR that cannot hold programs. */
    @Test
    @RequiresMounts
    void train_namesBeyondAsciiAndNoPrograms_inTmp_goesAsEver() throws IOException {
        Path place = Files.createDirectory(folder.resolve("Grüße €"));
        Path data = Files.copy(Path.of(rows), place.resolve("Zeilen ä.csv"));
        Script script = Script.in(folder).with("LC_ALL", "C");
        script.with("TMPDIR", temporary.toString()).by(mounted(temporary, "noexec,size=200m"));
        Script.Outcome outcome = script.run(
                "--master",
                "local[2]",
                "train",
                "--train",
                data.toString(),
                "--epochs",
                "1",
                "--run-id",
                "one",
                "--out",
                place.resolve("results").toString());
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("native (OpenBLAS", place.resolve("results/models/one") + "\n");
        assertThat(outcome.err())
                .contains("temporary files go to ", "is full or cannot hold programs")
                .doesNotContain("\tat ", "WARN", "ERROR");
        assertThat(temporary).isEmptyDirectory();
        assertThat(Program.rows(Table.RUNS, place.resolve("results"), "one"))
                .singleElement()
                .satisfies(run -> assertThat(run.state().status()).isEqualTo(Status.FINISHED));
    }

    /** What listens is read while it trains, and then it is cut off. */
    @Test
    void train_interruptedTwice_endsAsKilledAndLeavesNothingHalf() throws Exception {
        Script.Running running = start("--evaluate-every", "1");
        long pid = running.process().pid();
        assertThat(listening(pid)).isNotEmpty().allMatch(SurroundingsIT::isLoopback);
        assertThat(running.process().children().filter(child -> isZombie(child.pid())))
                .isEmpty();
        running.process().destroy();
        // Told apart: two at the same moment are one.
        while (running.process().isAlive() && !Files.readString(running.err()).contains("interrupted: ")) {
            Thread.sleep(5);
        }
        running.process().destroy();
        Script.Outcome outcome = running.await();
        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(outcome.err()).doesNotContain("\tat ");
        RunRow run = Program.rows(Table.RUNS, out, "cut").get(0);
        assertThat(run.state().status()).isEqualTo(Status.KILLED);
        assertThat(run.state().endTime()).isNotNull();
        if (Files.exists(out.resolve("models/cut"))) {
            assertThat(out.resolve("models/cut")).isDirectoryContaining("glob:**.safetensors");
        }
        assertThat(names(out)).noneMatch(name -> name.startsWith(".") && name.endsWith(".tmp"));
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void temporaryFiles_ofAProgramThatWasKilled_goWithTheNextStart() throws Exception {
        Script.Running running = start();
        running.process().destroyForcibly().waitFor();
        running.await();
        assertThat(names(temporary)).anyMatch(name -> name.startsWith(TEMPORARY));
        Script.Outcome next =
                Script.in(folder).with("TMPDIR", temporary.toString()).run("results", "--out", out.toString());
        assertThat(next.exitCode()).as(next.err()).isZero();
        assertThat(next.out()).contains("cut");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    @RequiresMounts
    void disk_full_isOneLineAndExitsWith1() throws IOException {
        Files.createDirectory(out);
        Script.Outcome outcome = Script.in(folder).by(mounted(out, "size=40k")).run(train("--epochs", "1"));
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(outcome.err().lines().filter(line -> line.contains(" ERROR ")))
                .singleElement()
                .asString()
                .contains("no space left on device");
        assertThat(outcome.err().lines().filter(line -> line.contains(" WARN ")))
                .singleElement()
                .asString()
                .contains("the checkpoint after epoch 0 cannot be written to ", "No space left on device; further");
        assertThat(outcome.err()).doesNotContain("\tat ", "Exception");
    }

    private Script.Running start(String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of("--epochs", "1000000", "--no-early-stop"));
        all.addAll(List.of(options));
        Script.Running running =
                Script.in(folder).with("TMPDIR", temporary.toString()).start(train(all.toArray(String[]::new)));
        while (running.process().isAlive() && !Files.readString(running.out()).contains("epoch   0")) {
            Thread.sleep(20);
        }
        assertThat(running.process().isAlive())
                .as(Files.readString(running.err()))
                .isTrue();
        return running;
    }

    private String[] train(String... options) {
        List<String> all =
                new ArrayList<>(List.of("--master", "local[2]", "train", "--train", rows, "--run-id", "cut"));
        all.addAll(List.of("--out", out.toString()));
        all.addAll(List.of(options));
        return all.toArray(String[]::new);
    }

    /** Runs a command with a file system of its own on a folder, which nobody else sees. */
    private static String[] mounted(Path folder, String options) {
        String script =
                "mount --make-rprivate / && mount -t tmpfs -o " + options + " none '" + folder + "' || exit 99\n"
                        + "\"$@\"\n"
                        + "code=$?\n"
                        + "[ -z \"$(find '" + folder + "' -name '" + TEMPORARY + "*')\" ] || exit 98\n"
                        + "exit $code";
        return new String[] {"unshare", "-m", "sh", "-c", script, "sh"};
    }

    /** The addresses, in hexadecimal, on which a process listens. */
    private static List<String> listening(long pid) throws IOException {
        List<String> sockets = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            for (Path file : files.toList()) {
                target(file).ifPresent(sockets::add);
            }
        }
        List<String> addresses = new ArrayList<>();
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(Path.of("/proc/net/" + table))) {
                String[] words = line.strip().split("\\s+", -1);
                if (words[3].equals("0A") && sockets.contains("socket:[" + words[9] + "]")) {
                    addresses.add(words[1].substring(0, words[1].indexOf(':')));
                }
            }
        }
        return addresses;
    }

    private static Optional<String> target(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link).toString());
        } catch (IOException e) {
            return Optional.empty(); // closed meanwhile
        }
    }

    // 127.x.x.x, the same as an IPv6 address, and ::1; in the kernel's order of bytes.
    private static boolean isLoopback(String address) {
        return address.matches("(0{16}F{4}0{4}|0000000000000000FFFF0000)?[0-9A-F]{6}7F")
                || address.equals("00000000000000000000000001000000");
    }

    private static boolean isZombie(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ");
        } catch (IOException e) {
            return false; // gone
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
