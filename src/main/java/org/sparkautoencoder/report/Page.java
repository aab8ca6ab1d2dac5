package org.sparkautoencoder.report;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.sparkautoencoder.report.Comparison.Agreement;

/** The page: the summary of the study, figures, claims, and the settings of each run. */
final class Page {
    private final Study study;
    private final List<Run> runs;
    private final List<Sweep> sweeps;
    private final String remark;
    private final List<Chart> charts = new ArrayList<>();

    /**
     * @param sweeps whose trials are shown together, not as runs of their own
     * @param remark on the selection of the runs; may be null
     */
    Page(List<Run> runs, List<Sweep> sweeps, String remark) {
        this.runs = runs;
        this.sweeps = sweeps;
        this.remark = remark;
        this.study = Study.of(runs, trialsOnly(runs, sweeps));
    }

    /** The whole document. */
    String html() throws IOException {
        Html body = new Html();
        if (study.any()) {
            study(body);
        } else {
            header(body, "Training report", "Autoencoders trained with spark-autoencoder");
        }
        for (int i = 0; i < sweeps.size(); i++) {
            Html figures = new Html();
            SweepFigures.of(sweeps.get(i), i).forEach(figure -> figures.add("{}", figure(figure)));
            body.add(
                    "<section id=\"sweep-{}\"><h2>Sweep {}</h2>{}</section>",
                    i,
                    sweeps.get(i).id(),
                    figures);
        }
        for (int i = 0; i < study.others().size(); i++) {
            Run run = study.others().get(i);
            Html figures = new Html();
            StudyFigures.of(run, i).forEach(figure -> figures.add("{}", figure(figure)));
            body.add(
                    "<section id=\"other-{}\"><h2>Run {}</h2><p>{}</p>{}</section>",
                    i,
                    run.id(),
                    sentence(run),
                    figures);
        }
        Html details = new Html();
        runs.forEach(run -> details.add("{}", RunTables.details(run)));
        body.add(
                "<section id=runs><h2>Runs, and how to run them again</h2>{}{}</section>",
                RunTables.overview(runs),
                details);
        return document(body);
    }

    // The trials of other sweeps than a reproduction are shown together only.
    private static Set<String> trialsOnly(List<Run> runs, List<Sweep> sweeps) {
        Set<String> sweepIds = sweeps.stream().map(Sweep::id).collect(Collectors.toSet());
        return runs.stream()
                .filter(run -> run.row().experiment().equals("sweep"))
                .filter(run -> sweepIds.contains(run.row().origin().sweepId()))
                .map(Run::id)
                .collect(Collectors.toSet());
    }

    private void study(Html body) {
        List<Figure> figures = StudyFigures.of(study);
        List<Claim> claims = Claims.of(study);
        header(body, "The study, run again", Paper.TITLE + ", " + Paper.SOURCE);
        body.add("{}", Summary.of(figures, claims));
        body.add("<section id=figures><h2>Figures</h2>{}", Tolerances.html());
        figures.forEach(figure -> body.add("{}", figure(figure)));
        body.add("</section><section id=claims><h2>Claims</h2>");
        claims.forEach(claim -> body.add("{}", claim(claim)));
        StudyFigures.further(study).forEach(figure -> body.add("{}", figure(figure)));
        body.add("</section>");
    }

    private void header(Html body, String title, String subtitle) {
        Run first = runs.stream()
                .min(Comparator.comparing(run -> run.row().state().startTime()))
                .orElseThrow();
        Instant end = runs.stream()
                .map(run -> run.row().state().endTime())
                .filter(time -> time != null)
                .max(Comparator.naturalOrder())
                .orElse(null);
        body.add(
                "<header><h1>{}</h1><p class=subtitle>{}</p><p>{}</p>{}</header>",
                title,
                subtitle,
                String.format(
                        Locale.ROOT,
                        "%d run%s on the data set “%s”: %s rows to train on, %s to test on. Started %s, ended %s. %s with"
                                + " Spark %s on %s, BLAS %s.",
                        runs.size(),
                        runs.size() == 1 ? "" : "s",
                        first.row().data().dataset(),
                        Numbers.count(first.row().data().trainRows()),
                        Numbers.count(first.row().data().testRows()),
                        RunTables.time(first.row().state().startTime()),
                        RunTables.time(end),
                        "spark-autoencoder " + first.row().platform().versions().appVersion(),
                        first.row().platform().versions().sparkVersion(),
                        first.row().platform().master(),
                        first.row().platform().blas()),
                remark == null ? "" : Html.of("<p class=remark>{}</p>", remark));
        body.add("<noscript><p class=remark>Charts need JavaScript; the tables of their numbers do not.</p>"
                + "</noscript>");
    }

    private Html figure(Figure figure) {
        charts.addAll(figure.charts());
        Html html = new Html();
        html.add("<figure id=\"{}\"><h3>", figure.id());
        if (figure.number() != null) {
            html.add("<span class=number>Figure {}</span> ", figure.number());
        }
        html.add("{}", figure.title());
        if (figure.number() != null) {
            Agreement agreement = figure.agreement();
            html.add(" {}", Summary.badge(agreement.name(), agreement.mark(), agreement.text()));
        }
        html.add("</h3>{}<figcaption>{}</figcaption>", figure.body() == null ? "" : figure.body(), figure.caption());
        if (!figure.comparisons().isEmpty()) {
            html.add("{}", Summary.comparisons(figure.comparisons()));
        }
        if (figure.numbers() != null) {
            html.add(
                    "<details><summary>Numbers behind this</summary><div class=scroll tabindex=0 role=region"
                            + " aria-label=\"Numbers behind: {}\">{}</div></details>",
                    figure.title(),
                    figure.numbers());
        }
        return html.add("</figure>");
    }

    private static Html claim(Claim claim) {
        return Html.of(
                "<article class=claim id=\"claim-{}\"><h3><span class=number>Claim {}</span> {} {}</h3>"
                        + "<p class=why>{}</p><dl><dt>Measured</dt><dd>{}</dd><dt>Rule</dt><dd>{}</dd></dl></article>",
                claim.number(),
                claim.number(),
                claim.text(),
                Summary.badge(
                        claim.verdict().name(),
                        claim.verdict().mark(),
                        claim.verdict().text()),
                claim.why(),
                claim.measured(),
                claim.rule());
    }

    private static String sentence(Run run) {
        return run.row().model() + ", layers " + run.row().training().layers() + ", on "
                + run.row().data().dataset() + "; "
                + run.row().state().status().text().replace('_', ' ') + " after "
                + run.epochs().size() + " epochs"
                + (run.row().error() == null ? "." : ": " + run.row().error());
    }

    private String document(Html body) throws IOException {
        String library = PageFiles.chartLibrary();
        String drawing = PageFiles.drawing();
        return new Html()
                .add("<!doctype html>\n<html lang=en><head><meta charset=utf-8>\n")
                .add(
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n",
                        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action"
                                + " 'none'; script-src " + PageFiles.policy(library) + " " + PageFiles.policy(drawing))
                .add("<meta name=viewport content=\"width=device-width, initial-scale=1\">\n")
                .add("<meta name=color-scheme content=\"light dark\">\n<link rel=icon href=\"data:,\">\n")
                .add("<title>{}</title>\n<style>", study.any() ? "The study, run again" : "Training report")
                .addFile(PageFiles.style())
                .add("</style></head>\n<body><main>")
                .add("{}", body)
                .add("</main>\n<script type=\"application/json\" id=charts>")
                .addFile(Chart.json(charts))
                .add("</script>\n<script>")
                .addFile(library)
                .add("</script>\n<script>")
                .addFile(drawing)
                .add("</script></body></html>\n")
                .toString();
    }
}
