package org.sparkautoencoder.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkautoencoder.RequiresChromium;

/** The page of runs whose labels are not the ten digits, as a browser shows it. */
@RequiresChromium
final class LabelPageTest {
    private static final Path PICTURES = Path.of("target/report-screenshots");
    private static final String CONFUSION = "#other-1-test .scroll:last-child ";

    @TempDir
    private static Path folder;

    private static Chromium browser;

    @BeforeAll
    static void draw() throws IOException {
        Files.createDirectories(PICTURES);
        write("words", List.of("dog", "a<b>", "cat"));
        write("two", List.of("-1", "1"));
        write("letters", numbered(26, i -> Integer.toString(i + 1)));
        write("names", numbered(26, i -> "a long name of " + (char) ('a' + i)));
        write("many", numbered(120, i -> "class " + (1000 + i)));
        write("most", numbered(1000, Integer::toString));
        browser = new Chromium(folder.resolve("profile"));
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void words_areTextInTheOrderOfTheirLetters() {
        open("words", 1100);
        assertThat(texts(CONFUSION + "thead th")).containsExactly("a<b>", "cat", "dog");
        assertThat(texts(CONFUSION + "tbody th")).containsExactly("a<b>", "cat", "dog");
        assertThat(texts(CONFUSION + "tbody td")).containsExactly("80", "16", "2", "2", "80", "17", "15", "2", "80");
        assertThat(texts("#other-0-digits details tbody th")).containsExactly("a<b>", "cat", "dog", "all");
        assertThat(texts("#chart-other-0-digits text")).contains("a<b>", "cat", "dog", "label");
        assertThat(browser.run(
                        "return [...document.querySelectorAll('#other-0-samples td img')].slice(0, 3).map(i => i.alt)"))
                .isEqualTo(List.of("dog true", "a<b> true", "cat true"));
        assertThat(browser.number("return document.querySelectorAll('main b').length"))
                .isZero();
    }

    @Test
    void words_areNotCalledDigitsNorTheStudy() {
        open("words", 1100);
        assertThat(browser.text("h1")).isEqualTo("Training report");
        assertThat(texts("figure h3"))
                .contains("Error of each label", "Test rows: true, noised, decoded", "Confusion matrices, test");
        assertThat(browser.text("#other-1-test figcaption")).startsWith("Rows are the true classes");
        assertThat(texts("#other-1-scores thead th")).contains("class");
        assertThat(browser.text("main")).doesNotContainIgnoringCase("digit");
    }

    @Test
    void numbers_areInTheOrderOfTheirValues() {
        open("two", 1100);
        assertThat(texts(CONFUSION + "thead th")).containsExactly("-1", "1");
        open("letters", 1100);
        assertThat(texts(CONFUSION + "tbody th"))
                .isEqualTo(
                        IntStream.rangeClosed(1, 26).mapToObj(Integer::toString).toList());
        assertThat(texts(CONFUSION + "tbody td"))
                .isEqualTo(IntStream.range(0, 26 * 26)
                        .mapToObj(cell -> Long.toString(LabelTables.rows(cell / 26, cell % 26, 26)))
                        .toList());
    }

    @Test
    void twentySixClasses_areAllOnTheAxis() {
        open("letters", 1100);
        assertThat(texts("#chart-other-0-digits text"))
                .containsAll(
                        IntStream.rangeClosed(1, 26).mapToObj(Integer::toString).toList());
        assertThat(marks()).isGreaterThanOrEqualTo(2 * 26);
        open("names", 1100);
        assertThat(texts("#chart-other-0-digits text")).contains("a long name of a", "a long name of z");
        assertThat(marks()).isGreaterThanOrEqualTo(2 * 26);
    }

    @Test
    void manyClasses_areAPictureAndTheMostFrequentErrors() {
        open("many", 1100);
        assertThat(browser.run("return [...document.querySelectorAll('#other-1-test img')].map(i => i.naturalWidth)"))
                .isEqualTo(List.of(120L, 120L));
        assertThat(browser.text("#other-1-test figcaption"))
                .contains("from class 1000 to class 1119", "For 120 classes", "the 50 most frequent");
        assertThat(texts("#other-1-test details tbody tr"))
                .hasSize(50)
                .first()
                .isEqualTo("class 1006class 10072120.4 %");
        assertThat(texts("#other-0-digits details tbody th")).hasSize(121);
        assertThat(browser.text("#other-0-digits figcaption")).contains("Of 120 labels the 30 with the highest");
        assertThat(browser.run("return JSON.parse(document.getElementById('charts').textContent)"
                        + ".find(c => c.id === 'chart-other-0-digits').categories.join()"))
                .asString()
                .startsWith("class 1119,class 1118,")
                .endsWith(",class 1090");
        open("most", 1100);
        assertThat(browser.run("return [...document.querySelectorAll('#other-1-test img')].map(i => i.naturalWidth)"))
                .isEqualTo(List.of(334L, 334L));
        assertThat(browser.text("#other-1-test figcaption")).contains("among 3 × 3 pairs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"words", "two", "letters", "names", "many", "most"})
    void page_ofAnyLabels_isQuietAndFits(String name) throws IOException {
        for (int width : new int[] {1100, 360}) {
            browser.console();
            open(name, width);
            assertThat(browser.console()).isEmpty();
            assertThat(browser.number("return document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(width);
            Files.write(PICTURES.resolve("labels-" + name + "-" + width + ".png"), browser.picture());
        }
    }

    private static List<String> numbered(int n, IntFunction<String> label) {
        return IntStream.range(0, n).mapToObj(label).toList();
    }

    private static void write(String name, List<String> labels) throws IOException {
        org.apache.hadoop.fs.Path results =
                new org.apache.hadoop.fs.Path(folder.resolve(name).toUri());
        LabelTables tables = new LabelTables(results);
        tables.autoencoder("autoencoder", labels);
        tables.classifier("classes", labels);
        List<String> runs = List.of("autoencoder", "classes");
        Files.writeString(folder.resolve(name + ".html"), Report.of(results, new Configuration(), runs, List.of()));
    }

    private static void open(String name, int width) {
        browser.open(folder.resolve(name + ".html"), width, false);
    }

    private static List<String> texts(String selector) {
        return ((List<?>) browser.run(
                        "return [...document.querySelectorAll('" + selector + "')].map(e => e.textContent)"))
                .stream().map(String::valueOf).toList();
    }

    // The bars of the errors.
    private static long marks() {
        return browser.number("return document.querySelectorAll('#chart-other-0-digits svg path[fill]').length");
    }
}
