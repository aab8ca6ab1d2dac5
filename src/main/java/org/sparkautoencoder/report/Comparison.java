package org.sparkautoencoder.report;

import java.util.Locale;

/**
 * A value of the study beside ours.
 *
 * @param what is compared
 * @param paper the study's value
 * @param ours ours
 * @param tolerance how far they may lie apart to agree
 */
record Comparison(String what, String paper, String ours, String tolerance, Agreement agreement) {

    /** Within a share of the study's value. */
    static Comparison relative(String what, String paper, Double ours, double share) {
        double value = Double.parseDouble(paper);
        return new Comparison(
                what,
                paper,
                Numbers.error(ours),
                String.format(Locale.ROOT, "± %.0f %%", 100 * share),
                agreement(value, ours, share * value));
    }

    /** Within a distance. */
    static Comparison absolute(String what, String paper, Double ours, double distance) {
        return new Comparison(
                what,
                paper,
                Numbers.share(ours),
                "± " + Numbers.setting(distance),
                agreement(Double.parseDouble(paper), ours, distance));
    }

    /** The same digit, or not. */
    static Comparison same(String what, int paper, Integer ours) {
        return new Comparison(
                what,
                String.valueOf(paper),
                Numbers.or(ours),
                "the same",
                ours == null ? Agreement.NOT_MEASURED : ours == paper ? Agreement.AGREES : Agreement.DIFFERS);
    }

    // A hair of tolerance more for what decimal fractions lose as doubles.
    private static Agreement agreement(double paper, Double ours, double distance) {
        if (ours == null) {
            return Agreement.NOT_MEASURED;
        }
        return Math.abs(ours - paper) <= distance + 1e-9 ? Agreement.AGREES : Agreement.DIFFERS;
    }
}
