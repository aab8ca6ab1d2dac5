package org.sparkautoencoder.csv;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the rows of a data set are, so that others can be read as they were: a model keeps that of its training rows.
 *
 * @param header the names of all columns; null where they have none
 * @param columns the number of all columns
 * @param values the columns that hold the values, from 0, in the order of the values
 * @param labels the columns that say the label, from 0
 * @param classes the classes; empty where the rows have no labels
 * @param scaling how values are scaled
 */
public record RowSchema(
        List<String> header, int columns, List<Integer> values, List<Integer> labels, Classes classes, Scaling scaling)
        implements Serializable {

    /** The number of values of a row. */
    public int width() {
        return values.size();
    }

    /** The names of the values; null where they have none. */
    List<String> valueNames() {
        return header == null ? null : values.stream().map(header::get).toList();
    }

    /** The names of the columns that say the label; empty where there are none, or none with a name. */
    List<String> labelNames() {
        return header == null ? List.of() : labels.stream().map(header::get).toList();
    }

    /** Whether the values of rows have the same names in the same order, or one of the two has no names. */
    public boolean hasNamesLike(RowSchema other) {
        return header == null
                || other.header == null
                || valueNames().stream()
                        .map(CsvHeader::name)
                        .toList()
                        .equals(other.valueNames().stream().map(CsvHeader::name).toList());
    }

    /** What {@link #of} reads back. */
    public Map<String, Object> describe() {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("header", header);
        described.put("columns", columns);
        described.put("value_columns", values);
        described.put("label_columns", labels);
        described.put("classes", classes.names());
        described.put("scale", scaling.describe());
        return described;
    }

    /**
     * A schema that was described.
     *
     * @throws IllegalArgumentException if it cannot be read
     */
    public static RowSchema of(Map<?, ?> described) {
        try {
            return new RowSchema(
                    described.get("header") == null ? null : strings(described.get("header")),
                    ((Number) described.get("columns")).intValue(),
                    integers(described.get("value_columns")),
                    integers(described.get("label_columns")),
                    Classes.inOrder(strings(described.get("classes"))),
                    Scaling.of((Map<?, ?>) described.get("scale")));
        } catch (ClassCastException | NullPointerException e) {
            throw new IllegalArgumentException("its rows are described by " + described, e);
        }
    }

    private static List<String> strings(Object list) {
        List<String> strings = new ArrayList<>();
        ((List<?>) list).forEach(entry -> strings.add((String) entry));
        return strings;
    }

    private static List<Integer> integers(Object list) {
        List<Integer> integers = new ArrayList<>();
        ((List<?>) list).forEach(entry -> integers.add(((Number) entry).intValue()));
        return integers;
    }
}
