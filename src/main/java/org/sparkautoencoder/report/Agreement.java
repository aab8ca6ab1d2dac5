package org.sparkautoencoder.report;

import java.util.Collection;

/** Whether a value of the study and ours are the same within a tolerance. */
enum Agreement {
    AGREES("agrees", "✓"),
    DIFFERS("differs", "✗"),
    NOT_MEASURED("not measured", "?"),
    PICTURES("pictures", "◦");

    private final String text;
    private final String mark;

    Agreement(String text, String mark) {
        this.text = text;
        this.mark = mark;
    }

    String text() {
        return text;
    }

    /** A sign that needs no colour. */
    String mark() {
        return mark;
    }

    /** Of a figure: it agrees if all its values do. */
    static Agreement of(Collection<Comparison> comparisons) {
        if (comparisons.isEmpty()) {
            return PICTURES;
        }
        for (Agreement worst : new Agreement[] {DIFFERS, NOT_MEASURED}) {
            if (comparisons.stream().anyMatch(comparison -> comparison.agreement() == worst)) {
                return worst;
            }
        }
        return AGREES;
    }
}
