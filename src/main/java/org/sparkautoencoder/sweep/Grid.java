package org.sparkautoencoder.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** The combinations of settings of a sweep, in the order of its trials. */
public final class Grid {
    private Grid() {}

    /**
     * The Cartesian product of the axes; the last axis varies fastest.
     *
     * @throws IllegalArgumentException if a setting is given twice or an axis is a range to sample from
     */
    public static List<Map<String, String>> product(List<Axis> axes) {
        List<Map<String, String>> combinations = List.of(Map.of());
        for (Axis axis : axes) {
            combinations = times(combinations, axis);
        }
        return combinations;
    }

    /**
     * {@code n} random combinations, each value sampled from its range or list. A smaller {@code n} gives a prefix.
     *
     * @throws IllegalArgumentException if a setting is given twice
     */
    public static List<Map<String, String>> sample(List<Axis> axes, int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Map<String, String>> combinations = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            List<Axis> sampled = axes.stream()
                    .map(axis -> Axis.of(axis.name(), List.of(axis.sample(random))))
                    .toList();
            combinations.addAll(product(sampled));
        }
        return combinations;
    }

    /** Each combination with each value of one more setting, which varies fastest. */
    public static List<Map<String, String>> times(List<Map<String, String>> combinations, Axis axis) {
        if (axis.values().isEmpty()) {
            throw new IllegalArgumentException(
                    axis.name() + " is a range without a number of steps, which needs random sampling");
        }
        List<Map<String, String>> products = new ArrayList<>();
        for (Map<String, String> combination : combinations) {
            if (combination.containsKey(axis.name())) {
                throw new IllegalArgumentException(axis.name() + " is given twice");
            }
            for (String value : axis.values()) {
                Map<String, String> extended = new LinkedHashMap<>(combination);
                extended.put(axis.name(), value);
                products.add(extended);
            }
        }
        return products;
    }

    /** A combination as lines {@code name=value}. */
    public static String lines(Map<String, String> combination) {
        return combination.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
                .collect(Collectors.joining());
    }

    /** A combination on one line. */
    public static String text(Map<String, String> combination) {
        return lines(combination).strip().replace('\n', ' ');
    }
}
