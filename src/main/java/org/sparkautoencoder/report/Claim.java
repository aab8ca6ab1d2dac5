package org.sparkautoencoder.report;

/**
 * A claim of the study with its verdict.
 *
 * @param number 1..8
 * @param text the claim
 * @param rule that decides it
 * @param measured the numbers that the rule was applied to
 * @param why an explanation in two sentences
 */
record Claim(int number, String text, String rule, String measured, Verdict verdict, String why) {

    /** Whether the measurements support a claim. */
    enum Verdict {
        HOLDS("holds", "✓"),
        DOES_NOT_HOLD("does not hold", "✗"),
        UNDECIDED("undecided", "?");

        private final String text;
        private final String mark;

        Verdict(String text, String mark) {
            this.text = text;
            this.mark = mark;
        }

        static Verdict of(boolean holds) {
            return holds ? HOLDS : DOES_NOT_HOLD;
        }

        String text() {
            return text;
        }

        /** A symbol that needs no colour. */
        String mark() {
            return mark;
        }
    }
}
