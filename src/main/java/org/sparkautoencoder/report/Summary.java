package org.sparkautoencoder.report;

import java.util.List;
import java.util.Locale;
import org.sparkautoencoder.report.Claim.Verdict;
import org.sparkautoencoder.report.Comparison.Agreement;

/** The numbers of figures that agree and claims that hold, with a list of both. */
final class Summary {
    private Summary() {}

    static Html of(List<Figure> figures, List<Claim> claims) {
        List<Figure> numbered =
                figures.stream().filter(f -> !f.comparisons().isEmpty()).toList();
        long agree = numbered.stream()
                .filter(figure -> figure.agreement() == Agreement.AGREES)
                .count();
        long unknown = numbered.stream()
                .filter(figure -> figure.agreement() == Agreement.NOT_MEASURED)
                .count();
        long hold = claims.stream()
                .filter(claim -> claim.verdict() == Verdict.HOLDS)
                .count();
        long undecided = claims.stream()
                .filter(claim -> claim.verdict() == Verdict.UNDECIDED)
                .count();
        Html figureRows = new Html();
        for (Figure figure : figures) {
            Agreement agreement = figure.agreement();
            figureRows.add(
                    "<li><a href=\"#{}\"><span class=number>{}</span> {}</a> {}</li>",
                    figure.id(),
                    figure.number(),
                    figure.title(),
                    badge(agreement.name(), agreement.mark(), agreement.text()));
        }
        Html claimRows = new Html();
        for (Claim claim : claims) {
            claimRows.add(
                    "<li><a href=\"#claim-{}\"><span class=number>{}</span> {}</a> {}</li>",
                    claim.number(),
                    claim.number(),
                    claim.text(),
                    badge(
                            claim.verdict().name(),
                            claim.verdict().mark(),
                            claim.verdict().text()));
        }
        return Html.of(
                "<nav class=summary aria-label=\"Summary\"><div><h2 id=figures-agree><b>{} of {}</b> figures agree"
                        + "</h2><p>{}</p><ol>{}</ol></div><div><h2 id=claims-hold><b>{} of {}</b> claims hold</h2>"
                        + "<p>{}</p><ol>{}</ol></div></nav>",
                agree,
                numbered.size(),
                String.format(
                        Locale.ROOT,
                        "A figure agrees if each of its values lies within the tolerance stated with it. %d figures"
                                + " are pictures without numbers to compare%s.",
                        figures.size() - numbered.size(),
                        unknown == 0 ? "" : "; " + unknown + " could not be measured with these runs"),
                figureRows,
                hold,
                claims.size(),
                "Each verdict is computed from the tables by the rule stated with it."
                        + (undecided == 0 ? "" : " " + undecided + " cannot be decided with these runs."),
                claimRows);
    }

    static Html comparisons(List<Comparison> comparisons) {
        Html rows = new Html();
        for (Comparison comparison : comparisons) {
            Agreement agreement = comparison.agreement();
            rows.add(
                    "<tr><th scope=row>{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
                    comparison.what(),
                    comparison.paper(),
                    comparison.ours(),
                    comparison.tolerance(),
                    badge(agreement.name(), agreement.mark(), agreement.text()));
        }
        return Html.of(
                "<div class=scroll tabindex=0 role=region aria-label=\"Compared with the study\">"
                        + "<table class=comparison><thead><tr><th scope=col>value</th><th scope=col>study</th>"
                        + "<th scope=col>here</th><th scope=col>tolerance</th><th scope=col>verdict</th></tr></thead>"
                        + "<tbody>{}</tbody></table></div>",
                rows);
    }

    /** A verdict as symbol, text and colour. */
    static Html badge(String name, String mark, String text) {
        return Html.of(
                "<span class=\"badge {}\"><span aria-hidden=true>{}</span> {}</span>",
                name.toLowerCase(Locale.ROOT),
                mark,
                text);
    }
}
