package org.sparkautoencoder.report;

import java.util.Collection;
import java.util.Locale;

/**
 * A value of the study and the measured one.
 *
 * @param what the compared quantity
 * @param paper the study's value
 * @param ours the measured value
 * @param tolerance the largest difference at which they agree
 */
record Comparison(String what, String paper, String ours, String tolerance, Agreement agreement) {

    /** Compares with a tolerance relative to the study's value. */
    static Comparison relative(String what, String paper, Double ours, double fraction) {
        double value = Double.parseDouble(paper);
        return new Comparison(
                what,
                paper,
                Numbers.error(ours),
                String.format(Locale.ROOT, "± %.0f %%", 100 * fraction),
                agreement(value, ours, fraction * value));
    }

    /** Compares with an absolute tolerance. */
    static Comparison absolute(String what, String paper, Double ours, double tolerance) {
        return new Comparison(
                what,
                paper,
                Numbers.fraction(ours),
                "± " + Numbers.setting(tolerance),
                agreement(Double.parseDouble(paper), ours, tolerance));
    }

    /** Compares two digits for equality. */
    static Comparison same(String what, int paper, Integer ours) {
        return new Comparison(
                what,
                String.valueOf(paper),
                Numbers.or(ours),
                "the same",
                ours == null ? Agreement.NOT_MEASURED : ours == paper ? Agreement.AGREES : Agreement.DIFFERS);
    }

    // 1e-9 for the rounding of decimal fractions to doubles.
    private static Agreement agreement(double paper, Double ours, double tolerance) {
        if (ours == null) {
            return Agreement.NOT_MEASURED;
        }
        return Math.abs(ours - paper) <= tolerance + 1e-9 ? Agreement.AGREES : Agreement.DIFFERS;
    }

    /** Whether a value of the study and the measured one are the same within the tolerance. */
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

        /** A symbol that needs no colour. */
        String mark() {
            return mark;
        }

        /** The agreement of a figure: it agrees if all its values agree. */
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
}
