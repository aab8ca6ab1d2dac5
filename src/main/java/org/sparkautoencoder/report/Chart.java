package org.sparkautoencoder.report;

import java.util.List;

/**
 * A chart, as report.js draws it.
 *
 * @param id of the element that it is drawn into
 * @param kind lines (over numbers), scatter (over numbers on a logarithmic axis) or bars (over categories)
 * @param x what the horizontal axis is
 * @param y what the vertical axis is
 * @param log whether the vertical axis is logarithmic
 * @param categories of bars; empty for lines
 * @param series at most five that are not faint: that many are told apart without colour
 */
record Chart(String id, String kind, String x, String y, boolean log, List<String> categories, List<Series> series) {

    /**
     * A line, some points or a row of bars.
     *
     * @param style line, points or faint, a line without a name; nothing for bars
     * @param data pairs of x and y for lines, a y for each category for bars
     */
    record Series(String name, String style, List<? extends Object> data) {}

    static Chart lines(String id, String x, String y, boolean log, List<Series> series) {
        return new Chart(id, "lines", x, y, log, List.of(), series);
    }

    static Chart scatter(String id, String x, String y, boolean log, List<Series> series) {
        return new Chart(id, "scatter", x, y, log, List.of(), series);
    }

    static Chart bars(String id, String x, String y, List<String> categories, List<Series> series) {
        return new Chart(id, "bars", x, y, false, categories, series);
    }

    /** Its place on the page. */
    Html place(String label) {
        return Html.of("<div class=\"chart\" id=\"{}\" role=\"img\" aria-label=\"{}\"></div>", id, label);
    }
}
