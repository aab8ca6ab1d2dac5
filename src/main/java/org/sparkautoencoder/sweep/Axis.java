package org.sparkautoencoder.sweep;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * A setting that a sweep varies, with its values: a list or a range.
 *
 * <pre>
 * learning-rate=0.1,0.01            a list
 * hidden=200;400,100                a list whose values contain commas
 * learning-rate=log:0.0001:0.1:4    4 values, evenly spaced on a logarithmic scale
 * momentum=linear:0.5:0.9:3         3 values, evenly spaced
 * learning-rate=log:0.0001:0.1      a range to sample from
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

    /** An axis with a list of values, in this order. */
    public static Axis of(String name, List<String> values) {
        if (new HashSet<>(values).size() < values.size()) {
            throw new IllegalArgumentException(name + " has a value twice: " + String.join(", ", values));
        }
        return new Axis(name, values, null);
    }

    /**
     * Reads {@code NAME=VALUES}.
     *
     * @param isInteger whether the setting of a name is an integer
     * @throws IllegalArgumentException with the reason, if the text is malformed
     */
    public static Axis parse(String text, Predicate<String> isInteger) {
        int sign = text.indexOf('=');
        if (sign < 1 || sign == text.length() - 1) {
            throw new IllegalArgumentException("'" + text + "' is not NAME=VALUES, such as learning-rate=0.1,0.01");
        }
        String name = text.substring(0, sign).strip();
        String values = text.substring(sign + 1).strip();
        if (values.startsWith("log:") || values.startsWith("linear:")) {
            return range(name, values, isInteger.test(name));
        }
        List<String> list = Arrays.stream(values.split(values.contains(";") ? ";" : ",", -1))
                .map(String::strip)
                .toList();
        if (list.contains("")) {
            throw new IllegalArgumentException("'" + text + "' has an empty value");
        }
        return of(name, list);
    }

    private static Axis range(String name, String text, boolean integer) {
        String[] parts = text.split(":", -1);
        try {
            if (parts.length < 3 || parts.length > 4) {
                throw new IllegalArgumentException("a range has two or three numbers");
            }
            Range range = new Range(
                    parts[0].equals("log"), Double.parseDouble(parts[1]), Double.parseDouble(parts[2]), integer);
            return parts.length == 3
                    ? new Axis(name, List.of(), range)
                    : new Axis(name, range.steps(Integer.parseInt(parts[3])), null);
        } catch (IllegalArgumentException e) { // includes NumberFormatException
            throw new IllegalArgumentException(
                    "'" + name + "=" + text + "' is not a range such as log:0.0001:0.1:4: " + e.getMessage(), e);
        }
    }

    /** The name of the setting. */
    public String name() {
        return name;
    }

    /** The values; empty for a range to sample from. */
    List<String> values() {
        return values;
    }

    String sample(SplittableRandom random) {
        return range == null ? values.get(random.nextInt(values.size())) : range.sample(random);
    }
}
