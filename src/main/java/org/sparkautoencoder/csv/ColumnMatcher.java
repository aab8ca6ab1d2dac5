package org.sparkautoencoder.csv;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the columns of training rows in a file of other rows: by their names, else by their places. */
final class ColumnMatcher {
    private static final int ENOUGH_ROWS = 10;

    private final FirstRows first;
    private final ColumnChooser chooser;
    private final RowSchema schema;
    private final Map<String, List<Integer>> byName = new HashMap<>();

    ColumnMatcher(FirstRows first, ColumnChooser chooser, RowSchema schema) {
        this.first = first;
        this.chooser = chooser;
        this.schema = schema;
        for (int column = 0; first.header() != null && column < first.count(); column++) {
            byName.computeIfAbsent(CsvHeader.name(first.header().get(column)), name -> new ArrayList<>())
                    .add(column);
        }
    }

    Columns match() {
        if (first.header() == null || schema.header() == null) {
            return byPlace();
        }
        if (sameNames() && chooser.settings().labelColumns().isEmpty()) {
            return Columns.ofValues(first.count(), schema.values(), schema.labels());
        }
        List<String> missing = schema.valueNames().stream()
                .filter(name -> columns(name).size() != 1)
                .toList();
        if (missing.isEmpty()) {
            return byName();
        }
        if (missing.size() < schema.width()) {
            throw new BadInputException(chooser.where() + ": the training rows have "
                    + (missing.size() == 1 ? "a column " : "columns ") + shown(missing)
                    + ", which the header does not have, or not once; " + first.describe());
        }
        return byPlace();
    }

    private boolean sameNames() {
        return first.header().stream()
                .map(CsvHeader::name)
                .toList()
                .equals(schema.header().stream().map(CsvHeader::name).toList());
    }

    private List<Integer> columns(String name) {
        return byName.getOrDefault(CsvHeader.name(name), List.of());
    }

    private Columns byName() {
        List<Integer> values =
                schema.valueNames().stream().map(name -> columns(name).get(0)).toList();
        List<Integer> labels = labels();
        Set<String> known = new HashSet<>();
        schema.header().forEach(name -> known.add(CsvHeader.name(name)));
        Set<Integer> used = new HashSet<>(values);
        used.addAll(labels);
        for (int other : chooser.kept()) {
            String name = first.header().get(other);
            if (!used.contains(other) && !known.contains(CsvHeader.name(name))) {
                throw new BadInputException(chooser.where() + ": the training rows have no column '" + name.strip()
                        + "'; leave it out (--ignore-columns), or say that it is the label (--label-column)");
            }
        }
        return Columns.ofValues(first.count(), values, labels);
    }

    private List<Integer> labels() {
        if (!chooser.settings().labelColumns().isEmpty()) {
            return chooser.givenLabels();
        }
        List<Integer> labels = new ArrayList<>();
        for (String name : schema.labelNames()) {
            labels.addAll(columns(name));
        }
        return labels.isEmpty() || labels.size() != schema.labels().size() ? chooser.namedLabel() : labels;
    }

    private Columns byPlace() {
        List<Integer> kept = chooser.kept();
        if (first.header() == null
                && first.count() == schema.columns()
                && chooser.settings().labelColumns().isEmpty()) {
            refuseOtherEnd(kept, schema.labels());
            return Columns.ofValues(first.count(), schema.values(), schema.labels());
        }
        List<Integer> labels =
                first.header() != null || !chooser.settings().labelColumns().isEmpty() ? labels() : labelsByPlace(kept);
        List<Integer> values = new ArrayList<>(kept);
        values.removeAll(labels);
        if (labels.isEmpty()
                && values.size() == schema.width() + 1
                && schema.labels().size() == 1) {
            labels = labelsByPlace(kept);
            values.removeAll(labels);
        }
        if (values.size() != schema.width()) {
            throw new BadInputException(
                    first.file() + " has rows of " + values.size() + " values, the training rows have " + schema.width()
                            + " (columns can be left out: --ignore-columns; " + first.describe() + ")");
        }
        return Columns.ofValues(first.count(), values, labels);
    }

    private List<Integer> labelsByPlace(List<Integer> kept) {
        int others = kept.size() - schema.width();
        if (others == 0 || schema.labels().isEmpty()) {
            return List.of();
        }
        if (others != schema.labels().size()) {
            return List.of();
        }
        List<Integer> ofSchema = new ArrayList<>(schema.values());
        ofSchema.addAll(schema.labels());
        ofSchema.sort(null);
        List<Integer> labels = schema.labels().stream()
                .map(label -> kept.get(ofSchema.indexOf(label)))
                .toList();
        refuseOtherEnd(kept, labels);
        return labels;
    }

    // One label only where the training rows have theirs, and known labels at the other end of the rows: they lie
    // there.
    private void refuseOtherEnd(List<Integer> kept, List<Integer> labels) {
        if (labels.size() != 1) {
            return;
        }
        int begin = kept.get(0);
        int end = kept.get(kept.size() - 1);
        int label = labels.get(0);
        if ((label != begin && label != end) || first.rows().size() < ENOUGH_ROWS) {
            return;
        }
        int other = label == begin ? end : begin;
        Set<String> found = first.labels(other);
        if (first.labels(label).size() == 1
                && found.size() > 2
                && schema.classes().names().containsAll(found)) {
            throw new BadInputException(first.file() + ": the label seems to be in column " + (other + 1)
                    + " here, and is in column " + (label + 1) + " of the training rows; say which (--label-column)");
        }
    }

    private static String shown(List<String> names) {
        return names.size() <= 8 ? String.join(", ", names) : String.join(", ", names.subList(0, 8)) + ", ...";
    }
}
