package org.sparkautoencoder.report;

import java.util.List;
import org.sparkautoencoder.report.Comparison.Agreement;

/**
 * A figure of the page.
 *
 * @param id of its element
 * @param number as in the study; null for one that the study does not have
 * @param title what it shows
 * @param caption description with the main numbers
 * @param body chart elements, pictures or tables; null if its runs are missing
 * @param charts to draw
 * @param numbers the table of the drawn values; null if the body has them
 * @param comparisons with the study's values
 */
record Figure(
        String id,
        String number,
        String title,
        String caption,
        Html body,
        List<Chart> charts,
        Html numbers,
        List<Comparison> comparisons) {

    /** A figure that cannot be drawn; it still lists the values of the study. */
    static Figure missing(String number, String title, String reason, List<Comparison> comparisons) {
        return new Figure(id(number), number, title, "Omitted: " + reason + ".", null, List.of(), null, comparisons);
    }

    static String id(String number) {
        return "figure-" + number.replace('.', '-');
    }

    Agreement agreement() {
        return body == null ? Agreement.NOT_MEASURED : Agreement.of(comparisons);
    }
}
