package org.sparkautoencoder.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkautoencoder.results.ConfusionRow;
import org.sparkautoencoder.results.EpochRow;
import org.sparkautoencoder.results.RunRow;
import org.sparkautoencoder.results.Table;

/** Rows of the kinds that people have, through the commands: trained on, evaluated, denoised and predicted. */
@Timeout(120)
final class RowKindsCommandTest {
    @TempDir
    Path folder;

    private static String file(String name) {
        return Path.of("src/test/resources/rows").resolve(name).toString();
    }

    private Program.Outcome train(String id, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "--out",
                folder.resolve("out").toString(),
                "--run-id",
                id,
                "--hidden",
                "8",
                "--epochs",
                "20",
                "--learning-rate",
                "0.1",
                "--progress",
                "none"));
        arguments.addAll(List.of(options));
        return Program.run("local[2]", arguments.toArray(String[]::new));
    }

    private String model(String id) {
        return folder.resolve("out/models").resolve(id).toString();
    }

    private String weights(String id) throws IOException {
        RunRow row = Program.rows(Table.RUNS, folder.resolve("out"), id).get(0);
        return row.weightsSha256();
    }

    /** The lines of a folder of CSV, without the headers. */
    private List<String> lines(String name) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            for (Path part : files.filter(path -> path.toString().endsWith(".csv"))
                    .sorted()
                    .toList()) {
                List<String> all = Files.readAllLines(part);
                lines.addAll(all.subList(1, all.size()));
            }
        }
        return lines;
    }

    private Program.Outcome apply(String command, String id, String input, String out, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                command,
                "--model",
                model(id),
                "--input",
                input,
                "--out",
                folder.resolve(out).toString(),
                "--format",
                "csv"));
        arguments.addAll(List.of(options));
        return Program.run("local[2]", arguments.toArray(String[]::new));
    }

    /** Nothing but the file: what the command says of it, or its refusal; and with the options that the refusal names. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            allquoted.csv             |                       | 4 classes: 0, 1, 2, 3
            arff.csv                  |                       |
            comment.csv               |                       | left out: 1 line (comment)
            cr_only.csv               |                       |
            first_nohdr.csv           |                       |
            first_nohdr.csv           | --label-column first  | 400 rows of 18 values
            floatlabels.csv           |                       | 4 classes: 0, 1, 2, 3
            header_twice.csv          |                       | left out: 1 line (repeated header)
            id_first_200.csv          |                       |
            id_first_200.csv          | --unlabelled          | left out: column 'id', which numbers the rows
            index_200.csv             |                       | left out: column 1, which numbers the rows
            index_300.csv             |                       | left out: column 'Unnamed: 0', which numbers the rows
            labels1to10.csv           |                       | 10 classes: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
            labels26.csv              |                       | 520 rows of 16 values
            last_nohdr.csv            |                       |
            last_nohdr.csv            | --label-column last   | 100 rows of 18 values
            libsvm.txt                |                       | 4 classes: 1, 2, 3, 4
            minus1to1.csv             |                       |
            minus1to1.csv             | --scale minmax        | scale minmax, values -1..
            missing.csv               |                       |
            missing.csv               | --missing zero        | missing values filled
            named_Label.csv           |                       | label in 'Label' (column 17)
            named_class.csv           |                       | label in 'class' (column 17)
            named_digit.csv           |                       | label in 'digit' (column 17)
            named_labels.csv          |                       |
            named_labels.csv          | --label-column labels | label in 'labels' (column 17)
            named_target.csv          |                       | label in 'target' (column 17)
            named_y.csv               |                       | label in 'y' (column 17)
            nolabel_lastpixel_0_9.csv |                       |
            nolabel_lastpixel_0_9.csv | --unlabelled          | 300 rows of 16 values
            pandas_mangled_header.csv |                       |
            pandas_mangled_header.csv | --label-column first  | 99 rows of 18 values
            percent.csv               |                       | scale 0..100
            quotedlabels.csv          |                       | 4 classes: 0, 1, 2, 3
            savetxt.csv               |                       | label in column 1
            semicolon.csv             |                       | 200 rows of 16 values
            space.csv                 |                       | 200 rows of 16 values
            tab.csv                   |                       | 200 rows of 16 values
            textlabels.csv            |                       | 4 classes: cat, cow, dog, owl
            textlabels_last_nohdr.csv |                       | label in column 17
            trailing_comma.csv        |                       | left out: column 18, which is empty
            utf16.csv                 |                       |
            """)
    void train_eachFile_saysWhatItUnderstoodOrRefuses(String name, String options, String said) {
        List<String> arguments = new ArrayList<>(List.of("--train", file(name)));
        if (options != null) {
            arguments.addAll(List.of(options.split(" ", -1)));
        }
        Program.Outcome outcome = train("any", arguments.toArray(String[]::new));
        assertThat(outcome.exitCode()).isEqualTo(said == null ? ExitCode.BAD_INPUT : ExitCode.DONE);
        assertThat(outcome.out()).contains(said == null ? "" : said);
    }

    @Test
    void train_scale16_givesTheBitsOfRowsDividedBefore() throws IOException {
        Program.Outcome given = train("whole", "--train", file("scale16.csv"), "--scale", "16");
        assertThat(given.exitCode()).isZero();
        assertThat(given.out()).contains("400 rows of 16 values", "4 classes: 0, 1, 2, 3", "scale 0..16, values 0..15");
        assertThat(train("divided", "--train", file("scale16_as_0_1.csv")).exitCode())
                .isZero();
        assertThat(weights("whole")).isEqualTo(weights("divided"));
    }

    @Test
    void denoise_newRows_haveTheSameErrorAloneAndAmongOthers() throws IOException {
        assertThat(train("unit", "--train", file("unit_train.csv"), "--unlabelled")
                        .exitCode())
                .isZero();
        List<String> all = Files.readAllLines(Path.of(file("unit_mixed.csv")));
        assertThat(apply("denoise", "unit", file("unit_mixed.csv"), "mixed").out())
                .contains("outside the range of the training rows");
        List<String> mixed = lines("mixed");
        assertThat(mixed).hasSize(all.size() - 1);
        for (int row : new int[] {0, 7, mixed.size() - 1}) {
            Path alone = Files.write(folder.resolve("alone" + row + ".csv"), List.of(all.get(0), all.get(row + 1)));
            assertThat(apply("denoise", "unit", alone.toString(), "one" + row).exitCode())
                    .isZero();
            assertThat(withoutId(lines("one" + row).get(0))).isEqualTo(withoutId(mixed.get(row)));
        }
        String inside = file("unit_new_inside.csv");
        assertThat(apply("denoise", "unit", inside, "marked", "--threshold", "0.9", "--per-value")
                        .exitCode())
                .isZero();
        String[] cells = lines("marked").get(0).split(",", -1);
        assertThat(cells).hasSize(2 + 1 + 16 + 1 + 16);
        double mean = Arrays.stream(cells, 20, 36)
                .mapToDouble(Double::parseDouble)
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(Double.parseDouble(cells[1]), within(1e-7));
    }

    private static String withoutId(String line) {
        return line.substring(line.indexOf(',') + 1);
    }

    @Test
    void denoise_threshold_marksAsManyTrainingRowsAsItsQuantileSays() throws IOException {
        assertThat(train("unit", "--train", file("unit_train.csv"), "--unlabelled")
                        .exitCode())
                .isZero();
        assertThat(apply("denoise", "unit", file("unit_train.csv"), "marked", "--threshold", "0.9")
                        .exitCode())
                .isZero();
        long marked = lines("marked").stream()
                .filter(line -> line.split(",", -1)[2].equals("true"))
                .count();
        assertThat(marked).isEqualTo(30); // of 300
        assertThat(apply("denoise", "unit", file("unit_train.csv"), "no", "--threshold", "1.5")
                        .exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void trainAndEvaluate_rowsOfAnotherScale_areRefusedByBoth() {
        assertThat(train("bytes", "--train", file("train255.csv"), "--test", file("test01.csv"))
                        .exitCode())
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(train("bytes", "--train", file("train255.csv"), "--test", file("test255.csv"))
                        .exitCode())
                .isZero();
        assertThat(Program.run("local[2]", "evaluate", "--model", model("bytes"), "--test", file("test01.csv"))
                        .exitCode())
                .isEqualTo(ExitCode.BAD_INPUT);
    }

    @Test
    void classifier_anyLabels_arePredictedAsTheyAre() throws IOException {
        String text = file("textlabels.csv");
        Program.Outcome trained = train("animals", "--model", "classifier", "--train", text, "--test", text);
        assertThat(trained.exitCode()).isZero();
        assertThat(trained.out()).contains("4 classes: cat, cow, dog, owl", "16-8-4");
        List<ConfusionRow> confusion = Program.rows(Table.CONFUSION, folder.resolve("out"), "animals");
        assertThat(confusion).extracting(ConfusionRow::trueLabel).contains("cat", "cow", "dog", "owl");
        assertThat(confusion).allMatch(row -> row.trueDigit() == null);
        Path unlabelled = Files.write(
                folder.resolve("unlabelled.csv"),
                Files.readAllLines(Path.of(text)).stream()
                        .map(line -> line.substring(line.indexOf(',') + 1))
                        .toList());
        assertThat(apply("predict", "animals", unlabelled.toString(), "predicted")
                        .exitCode())
                .isZero();
        List<String> predicted = lines("predicted");
        assertThat(predicted).hasSize(200).allMatch(line -> line.split(",", -1)[1].isEmpty());
        assertThat(predicted).allMatch(line -> line.split(",", -1)[2].matches("cat|cow|dog|owl"));
        assertThat(Program.run("local[2]", "evaluate", "--model", model("animals"), "--test", file("labels26.csv"))
                        .exitCode())
                .isEqualTo(ExitCode.BAD_INPUT);
    }

    @Test
    void classifier_labelsWithGaps_hasAsManyOutputs() throws IOException {
        Program.Outcome trained = train("letters", "--model", "classifier", "--train", file("labels26.csv"));
        assertThat(trained.exitCode()).isZero();
        assertThat(trained.out()).contains("16-8-26", "26 classes: 1, 2, 3");
        assertThat(apply("predict", "letters", file("labels26.csv"), "letters-out")
                        .exitCode())
                .isZero();
        assertThat(lines("letters-out")).allMatch(line -> {
            int label = Integer.parseInt(line.split(",", -1)[2]);
            return label >= 1 && label <= 26;
        });
    }

    @Test
    void train_unboundedValues_haveLinearOutputs() throws IOException {
        String rows = file("zscored.csv");
        assertThat(train("guess", "--train", rows).exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        for (String scale : List.of("standard", "none")) {
            Program.Outcome trained = train(scale, "--train", rows, "--test", rows, "--scale", scale);
            assertThat(trained.out()).contains("linear outputs");
            List<EpochRow> epochs = Program.rows(Table.EPOCHS, folder.resolve("out"), scale);
            assertThat(epochs.get(epochs.size() - 1).errors().trainError())
                    .isLessThan(epochs.get(0).errors().trainError() * 0.9);
            assertThat(Program.run("local[2]", "evaluate", "--model", model(scale), "--test", rows)
                            .exitCode())
                    .isZero();
            assertThat(apply("denoise", scale, rows, scale + "-out").exitCode()).isZero();
            assertThat(lines(scale + "-out").stream().filter(line -> line.contains(",-")))
                    .isNotEmpty();
        }
        assertThat(train("minmax", "--train", rows, "--scale", "minmax").out()).contains("sigmoid outputs");
    }

    @Test
    void train_libsvmMissingAndSmall_areRead() throws IOException {
        assertThat(train("svm", "--train", file("libsvm.txt")).out()).contains("200 rows of 16 values");
        assertThat(train("filled", "--train", file("missing.csv"), "--missing", "mean")
                        .out())
                .contains("missing values filled");
        Path small = Files.writeString(folder.resolve("small.csv"), "a,b,label\n0,255,x\n3,4,y\n");
        assertThat(train("small", "--train", small.toString()).exitCode()).isZero();
        assertThat(train("large", "--train", small.toString(), "--batch-size", "3")
                        .exitCode())
                .isEqualTo(ExitCode.USAGE);
        String[] sweep = {"sweep", "--train", small.toString(), "--grid", "learning-rate=0.1", "--hidden", "8"};
        for (String batch : List.of("2", "3")) {
            List<String> arguments = new ArrayList<>(List.of(sweep));
            arguments.addAll(List.of(
                    "--batch-size",
                    batch,
                    "--out",
                    folder.resolve("swept" + batch).toString()));
            assertThat(Program.run("local[2]", arguments.toArray(String[]::new)).exitCode())
                    .isEqualTo(batch.equals("2") ? ExitCode.DONE : ExitCode.FAILURE);
        }
        assertThat(train("arff", "--train", file("arff.csv")).exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    }
}
