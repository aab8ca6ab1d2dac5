package org.sparkautoencoder.csv;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The classes of a data set, one for each label, numbered from 0. */
public final class Classes implements Serializable {
    /** The most classes that a data set may have. */
    public static final int MOST = 1000;

    /** Of rows without labels. */
    public static final Classes NONE = new Classes(List.of());

    private static final long serialVersionUID = 1L;

    private final ArrayList<String> names;
    private final HashMap<String, Integer> numbers = new HashMap<>();

    private Classes(List<String> names) {
        this.names = new ArrayList<>(names);
        for (String name : names) {
            numbers.put(name, numbers.size());
        }
    }

    /** The classes of these labels, sorted: by their value where all are numbers, else by their text. */
    public static Classes of(Collection<String> labels) {
        List<String> sorted = new ArrayList<>(labels);
        sorted.sort(
                labels.stream().allMatch(Classes::isNumber)
                        ? Comparator.comparing((String label) -> new BigDecimal(label))
                                .thenComparing(Comparator.naturalOrder())
                        : Comparator.naturalOrder());
        return new Classes(sorted);
    }

    /** Classes in a given order, as a model has them. */
    public static Classes inOrder(List<String> names) {
        return new Classes(names);
    }

    /** These, and after them the classes of the labels that are not among them. */
    Classes and(Collection<String> labels) {
        List<String> others = labels.stream().filter(label -> number(label) < 0).toList();
        List<String> all = new ArrayList<>(names);
        all.addAll(of(others).names);
        return others.isEmpty() ? this : new Classes(all);
    }

    public int size() {
        return names.size();
    }

    /** The label of the class with this number. */
    public String name(int number) {
        return names.get(number);
    }

    public List<String> names() {
        return List.copyOf(names);
    }

    /** The number of the class with this label; -1 where there is none. */
    public int number(String label) {
        return numbers.getOrDefault(label, -1);
    }

    /** Whether all labels are whole numbers that an int holds, written as {@link Integer#toString} writes them. */
    public boolean areIntegers() {
        return names.stream().allMatch(Classes::isInteger);
    }

    /** These numbers for the labels of a block: element i is the class of {@code labels.get(i)}. */
    short[] numbers(Map<String, Short> codes) {
        short[] mapped = new short[codes.size()];
        codes.forEach((label, code) -> mapped[code] = (short) number(label));
        return mapped;
    }

    private static boolean isInteger(String name) {
        try {
            return Integer.toString(Integer.parseInt(name)).equals(name);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isNumber(String name) {
        return name.matches("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?");
    }

    /** The label that a cell's text is: without blanks around it, and as an integer where it is a whole number such as 5.0. */
    static String label(String text) {
        String label = text.strip();
        if (!isNumber(label) || label.matches("-?\\d+")) {
            return label;
        }
        BigDecimal number = new BigDecimal(label);
        return number.stripTrailingZeros().scale() <= 0 && number.abs().compareTo(BigDecimal.valueOf(1e9)) < 0
                ? number.toBigInteger().toString()
                : label;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Classes classes && names.equals(classes.names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return size() <= 12
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, 10)) + ", ... " + names.get(size() - 1);
    }
}
