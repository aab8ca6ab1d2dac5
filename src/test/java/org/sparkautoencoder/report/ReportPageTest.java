package org.sparkautoencoder.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkautoencoder.RequiresChromium;
import org.sparkautoencoder.results.DigitErrorRow;
import org.sparkautoencoder.results.Table;
import org.sparkautoencoder.results.TableReader;
import org.sparkautoencoder.results.TrialRow;

/** The page, as a browser shows it. */
@RequiresChromium
final class ReportPageTest {
    private static final Path PICTURES = Path.of("target/report-screenshots");

    @TempDir
    private static Path folder;

    private static org.apache.hadoop.fs.Path results;
    private static Path study;
    private static Path ordinary;
    private static Path sweeps;
    private static Chromium browser;

    @BeforeAll
    static void draw() throws IOException {
        results = new org.apache.hadoop.fs.Path(folder.resolve("results").toUri());
        StudyTables tables = new StudyTables(results);
        tables.reproduction("r1");
        tables.ordinary("odd");
        tables.begun("begun");
        tables.sweep("grid-1", 12, StudyTables.HTML);
        tables.sweep("grid-2", 3, "batch-size=32");
        sweeps = folder.resolve("sweeps.html");
        Files.writeString(sweeps, Report.of(results, new Configuration(), List.of(), List.of("grid-1", "grid-2")));
        study = folder.resolve("study.html");
        ordinary = folder.resolve("ordinary.html");
        Files.writeString(study, Report.of(results, new Configuration(), List.of(), List.of()));
        Files.writeString(ordinary, Report.of(results, new Configuration(), List.of("odd"), List.of()));
        Files.createDirectories(PICTURES);
        browser = new Chromium(folder.resolve("profile"));
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void study_everyFigureInItsOrder_drewMarks() {
        browser.open(study, 1100, false);
        assertThat(browser.run("return [...document.querySelectorAll('#figures figure')].map(f => f.id).join()"))
                .isEqualTo("figure-1-1,figure-1-2,figure-1-3,figure-1-4,figure-1-5,figure-1-6,figure-2-1,figure-2-2,"
                        + "figure-2-3,figure-2-4,figure-2-5,figure-2-6");
        String marks = "return JSON.parse(document.getElementById('charts').textContent).map(c => [c.id,"
                + " c.series.length, [...document.querySelectorAll('#' + CSS.escape(c.id) + ' svg path')].filter(p => {"
                + " const b = p.getBBox(); return b.width > 2 && b.height > 2"
                + " && p.getAttribute('fill') !== 'transparent'; }).length])";
        List<?> charts = (List<?>) browser.run(marks);
        assertThat(charts).hasSize(7);
        assertThat(charts).allSatisfy(chart -> {
            List<?> found = (List<?>) chart;
            assertThat((Long) found.get(2)).as("marks of " + found.get(0)).isGreaterThanOrEqualTo((Long) found.get(1));
        });
        assertThat(browser.number("return document.querySelectorAll('#figure-1-3 svg path[fill]').length"))
                .isGreaterThanOrEqualTo(20);
        for (Map.Entry<String, Integer> pictures :
                Map.of("1-4", 20, "1-5", 20, "1-6", 32).entrySet()) {
            assertThat(browser.number("return [...document.querySelectorAll('#figure-" + pictures.getKey()
                            + " img')].filter(i => i.complete && i.naturalWidth === 28 && i.alt).length"))
                    .isEqualTo((long) pictures.getValue());
        }
        assertThat(browser.number("return document.querySelectorAll('#figure-2-4 .confusion tbody td').length"))
                .isEqualTo(300);
    }

    @Test
    void study_numbers_areThoseOfTheTables() throws IOException {
        browser.open(study, 1100, false);
        TableReader reader = new TableReader(results, new Configuration());
        assertThat(cells("#figure-1-1 details tbody tr", 1))
                .isEqualTo(reader.rows(Table.EPOCHS, "r1-dae").stream()
                        .map(row -> Numbers.error(row.errors().trainError()))
                        .toList());
        assertThat(cells("#figure-grid details tbody tr", 2))
                .isEqualTo(reader.rows(Table.EPOCHS, "r1-dae").stream()
                        .filter(row -> row.errors().testError() != null)
                        .map(row -> Numbers.error(row.errors().testError()))
                        .toList());
        assertThat(cells("#figure-2-1 details tbody tr", 1))
                .isEqualTo(reader.rows(Table.EPOCHS, "r1-case-1").stream()
                        .map(row -> Numbers.error(row.trainErrorAtEnd()))
                        .toList());
        assertThat(cells("#figure-1-3 details tbody tr", 2).subList(0, 10))
                .isEqualTo(reader.rows(Table.DIGIT_ERRORS, "r1-dae").stream()
                        .filter(row -> row.split().equals("test") && row.thresholded() && row.digit() != null)
                        .map(DigitErrorRow::meanError)
                        .map(Numbers::error)
                        .toList());
        assertThat(browser.run("return [...document.querySelectorAll("
                        + "'#figure-2-6 .matrices .scroll:last-child tbody td')].map(c => Number(c.textContent))"))
                .isEqualTo(reader.rows(Table.CONFUSION, "r1-case-2").stream()
                        .filter(row -> row.split().equals("test") && row.thresholded())
                        .map(row -> row.n())
                        .toList());
        assertThat(browser.text("#figures-agree")).isEqualTo("4 of 9 figures agree");
    }

    @Test
    void study_eachClaim_hasItsVerdict() {
        browser.open(study, 1100, false);
        assertThat(browser.run("return [...document.querySelectorAll('.claim .badge')].map(b => b.className)"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(8)
                .doesNotContain("badge undecided");
        assertThat(browser.text("#runs")).contains("r1-case-2", "ab12".repeat(16), "OpenBLAS", "0123456789abcdef");
    }

    @Test
    void text_withHtmlInIt_isShownAsText() {
        browser.open(ordinary, 1100, false);
        String shown = StudyTables.HTML;
        assertThat(browser.text("header")).contains("data/" + shown);
        assertThat(browser.text("#runs")).contains(shown, "broken: " + shown, "train=" + shown);
        assertThat(browser.number("return document.querySelectorAll('main b, [onmouseover]').length"))
                .isZero();
        assertThat(browser.console()).isEmpty();
    }

    @Test
    void ordinary_hasItsCurveErrorsSamplesAndFeatures() {
        browser.open(ordinary, 1100, false);
        assertThat(browser.text("h1")).isEqualTo("Training report");
        assertThat(browser.number("return document.querySelectorAll('figure').length"))
                .isEqualTo(4);
        assertThat(browser.number("return document.querySelectorAll('.chart svg path').length"))
                .isGreaterThan(10);
    }

    @Test
    void sweeps_eachHasItsCurvesRatesAndTable() throws IOException {
        browser.open(sweeps, 1100, false);
        assertThat(browser.run("return [...document.querySelectorAll('figure')].map(f => f.id).join()"))
                .isEqualTo("sweep-0-curves,sweep-0-rates,sweep-0-trials,sweep-1-curves,sweep-1-rates,sweep-1-trials");
        assertThat(browser.text("#sweep-0 h2")).isEqualTo("Sweep grid-1");
        TableReader reader = new TableReader(results, new Configuration());
        List<TrialRow> rows = reader.rows(Table.TRIALS, "grid-1");
        // The best first, and the one that failed last.
        assertThat(cells("#sweep-0-trials tbody tr", 1))
                .isEqualTo(
                        rows.stream().map(row -> Integer.toString(row.trial())).toList());
        assertThat(cells("#sweep-0-trials tbody tr", 6).subList(0, 11))
                .isEqualTo(rows.subList(0, 11).stream()
                        .map(row -> row.comparison().objectiveValue())
                        .map(Numbers::error)
                        .toList());
        // Every curve is drawn, and every point stands over a rate of its own.
        assertThat(browser.run("return JSON.parse(document.getElementById('charts').textContent)"
                        + ".map(c => c.series.map(s => s.data.length).join()).join(';')"))
                .isEqualTo("25,25,25,25,25,25,25,25,25,25,25;11;25,25;2");
        assertThat(browser.number("return new Set([...document.querySelectorAll('#chart-sweep-0-rates svg path')]"
                        + ".filter(p => p.getAttribute('fill') === getComputedStyle(document.documentElement)"
                        + ".getPropertyValue('--c0').trim()).map(p => p.getAttribute('transform'))).size"))
                .isGreaterThanOrEqualTo(11);
        assertThat(browser.text("#sweep-0")).contains(StudyTables.HTML.strip(), "broken: ");
        assertThat(browser.number("return document.querySelectorAll('main b, [onmouseover]').length"))
                .isZero();
        assertThat(browser.text("#runs")).contains("grid-1-t5", "grid-2-t0");
        assertThat(browser.console()).isEmpty();
    }

    @Test
    void choice_withoutNames_isTheNewestRunsAndSweepsWithoutTrialsAlone() throws IOException {
        org.apache.hadoop.fs.Path some =
                new org.apache.hadoop.fs.Path(folder.resolve("some").toUri());
        StudyTables tables = new StudyTables(some);
        tables.ordinary("odd");
        tables.sweep("grid", 4, "momentum=0.9");
        Path page = folder.resolve("some.html");
        Files.writeString(page, Report.of(some, new Configuration(), List.of(), List.of()));
        browser.open(page, 1100, false);
        assertThat(browser.run("return [...document.querySelectorAll('section')].map(s => s.id).join()"))
                .isEqualTo("sweep-0,other-0,runs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"begun", "r1-ae", "r1-case-1"})
    void anyRunAlone_isAPageWithoutErrors(String runId) throws IOException {
        Path page = folder.resolve(runId + ".html");
        Files.writeString(page, Report.of(results, new Configuration(), List.of(runId), List.of()));
        browser.console();
        browser.open(page, 360, false);
        assertThat(browser.console()).isEmpty();
        assertThat(browser.text("#runs")).contains(runId);
    }

    @ParameterizedTest
    @CsvSource({"1100, false", "1100, true", "360, false", "360, true"})
    void page_ofAnyWidthAndScheme_isQuietAndFits(int width, boolean dark) throws IOException {
        for (Path page : List.of(study, ordinary, sweeps)) {
            browser.requests();
            browser.console();
            browser.open(page, width, dark);
            assertThat(browser.console()).isEmpty();
            assertThat(browser.requests()).containsExactly(page.toUri().toString());
            assertThat(browser.number("return document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(width);
            browser.run("document.querySelectorAll('details').forEach(d => d.open = true)");
            assertThat(browser.number("return document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(width);
            browser.run("document.querySelectorAll('details').forEach(d => d.open = false)");
            String name = page.getFileName().toString().replace(".html", "");
            Files.write(PICTURES.resolve(name + "-" + width + (dark ? "-dark" : "-light") + ".png"), browser.picture());
        }
    }

    @Test
    void page_printed_isOnWhite() throws IOException {
        browser.open(study, 794, true);
        browser.print();
        assertThat(browser.run("return getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(255, 255, 255)");
        Files.write(PICTURES.resolve("study-print.png"), browser.picture());
    }

    private static List<?> cells(String rows, int cell) {
        return (List<?>) browser.run(
                "return [...document.querySelectorAll('" + rows + "')].map(r => r.cells[" + cell + "].textContent)");
    }
}
