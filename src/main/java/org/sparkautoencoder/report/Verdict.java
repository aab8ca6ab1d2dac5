package org.sparkautoencoder.report;

/** What the measurements say of a claim. */
enum Verdict {
    HOLDS("holds", "✓"),
    DOES_NOT_HOLD("does not hold", "✗"),
    CANNOT_BE_SAID("cannot be said", "?");

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

    /** A sign that needs no colour. */
    String mark() {
        return mark;
    }
}
