package org.sparkautoencoder.report;

import java.util.List;

/**
 * A figure of the page.
 *
 * @param id of its element
 * @param number as in the study; null for one that the study does not have
 * @param title what it shows
 * @param caption what is to be seen, with the numbers that matter
 * @param body charts' places, pictures or tables; null if its runs are missing
 * @param charts to draw
 * @param numbers a table of what is drawn; null if the body shows it all
 * @param comparisons the study's values beside ours
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

    /** One that cannot be drawn; the values of the study are still told. */
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
