package org.sparkautoencoder.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/**
 * A chart for report.js.
 *
 * @param id of its element
 * @param kind lines (over numbers), scatter (over numbers on a logarithmic axis) or bars (over categories)
 * @param x title of the horizontal axis
 * @param y title of the vertical axis
 * @param log whether the vertical axis is logarithmic
 * @param categories of bars; empty for lines
 * @param series at most five that are not faint, which are distinguishable without colour
 */
record Chart(String id, String kind, String x, String y, boolean log, List<String> categories, List<Series> series) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A line, a set of points or a set of bars.
     *
     * @param style line, points or faint (a line without a name); empty for bars
     * @param data pairs of x and y; for bars a y for each category
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

    /** The element that the chart is drawn into. */
    Html element(String label) {
        return Html.of("<div class=\"chart\" id=\"{}\" role=\"img\" aria-label=\"{}\"></div>", id, label);
    }

    /** The charts as JSON for a script element. */
    static String json(List<Chart> charts) {
        try {
            // JSON has these characters in strings only. Escaped, no string can end the element or a line.
            return JSON.writeValueAsString(charts)
                    .replace("<", "\\u003c")
                    .replace(">", "\\u003e")
                    .replace("&", "\\u0026")
                    .replace("\u2028", "\\u2028")
                    .replace("\u2029", "\\u2029");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("charts are plain records", e);
        }
    }
}
