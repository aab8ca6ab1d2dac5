package org.sparkautoencoder.results;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.sparkautoencoder.csv.Classes;

/**
 * The label of a row, as the tables have it.
 *
 * @param text the label; null if there is none
 * @param digit the label as a number if all labels of the run are digits 0..9, else null
 */
public record RowLabel(String text, Integer digit) {
    /** Of a row without a label, and of all rows together. */
    public static final RowLabel NONE = new RowLabel(null, null);

    private static final Pattern DIGIT = Pattern.compile("[0-9]");

    /**
     * The labels of a run in the same order.
     *
     * @param texts all labels of the run
     */
    public static List<RowLabel> of(List<String> texts) {
        boolean digits = texts.stream().allMatch(text -> DIGIT.matcher(text).matches());
        return texts.stream()
                .map(text -> new RowLabel(text, digits ? Integer.valueOf(text) : null))
                .toList();
    }

    /** The label of a run whose labels are digits. */
    public static RowLabel digit(int digit) {
        return new RowLabel(Integer.toString(digit), digit);
    }

    /** Labels in the order in which they are shown: by their values if all are numbers, else by their text. */
    public static List<String> sorted(Collection<String> texts) {
        return Classes.of(texts).names();
    }
}
