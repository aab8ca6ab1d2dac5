package org.sparkautoencoder.sweep;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * The values that a sweep gives one setting: a list, or a range.
 *
 * <pre>
 * learning-rate=0.1,0.01            these
 * hidden=200;400,100                these, where a value has commas in it
 * learning-rate=log:0.0001:0.1:4    4 values from the one to the other, each the same multiple of the last
 * momentum=linear:0.5:0.9:3         3 values, evenly spaced
 * learning-rate=log:0.0001:0.1      a range, to draw from
 * </pre>
 */
public final class Axis {
    private final String name;
    private final List<String> values;
    private final Range range;

    private Axis(String name, List<String> values, Range range) {
        this.name = name;
        this.values = List.copyOf(values);
        this.range = range;
    }

    /** These values, in their order. */
    public static Axis of(String name, List<String> values) {
        if (new HashSet<>(values).size() < values.size()) {
            throw new IllegalArgumentException(name + " has a value twice: " + String.join(", ", values));
        }
        return new Axis(name, values, null);
    }

    /**
     * Reads {@code NAME=VALUES}.
     *
     * @param whole which names are of settings that are whole numbers
     * @throws IllegalArgumentException for what is not so written, with the reason
     */
    public static Axis parse(String text, Predicate<String> whole) {
        int sign = text.indexOf('=');
        if (sign < 1 || sign == text.length() - 1) {
            throw new IllegalArgumentException("'" + text + "' is not NAME=VALUES, such as learning-rate=0.1,0.01");
        }
        String name = text.substring(0, sign).strip();
        String values = text.substring(sign + 1).strip();
        if (values.startsWith("log:") || values.startsWith("linear:")) {
            return range(name, values, whole.test(name));
        }
        List<String> list = Arrays.stream(values.split(values.contains(";") ? ";" : ",", -1))
                .map(String::strip)
                .toList();
        if (list.contains("")) {
            throw new IllegalArgumentException("'" + text + "' has an empty value");
        }
        return of(name, list);
    }

    private static Axis range(String name, String text, boolean whole) {
        String[] parts = text.split(":", -1);
        try {
            if (parts.length < 3 || parts.length > 4) {
                throw new IllegalArgumentException("it has two or three numbers");
            }
            Range range = new Range(
                    parts[0].equals("log"), Double.parseDouble(parts[1]), Double.parseDouble(parts[2]), whole);
            return parts.length == 3
                    ? new Axis(name, List.of(), range)
                    : new Axis(name, range.steps(Integer.parseInt(parts[3])), null);
        } catch (IllegalArgumentException e) { // also of a number that is none
            throw new IllegalArgumentException(
                    "'" + name + "=" + text + "' is no range such as log:0.0001:0.1:4: " + e.getMessage(), e);
        }
    }

    /** The setting. */
    public String name() {
        return name;
    }

    /** The values; none of a range to draw from. */
    List<String> values() {
        return values;
    }

    String draw(SplittableRandom random) {
        return range == null ? values.get(random.nextInt(values.size())) : range.draw(random);
    }
}
