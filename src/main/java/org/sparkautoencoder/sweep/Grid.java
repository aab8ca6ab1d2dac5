package org.sparkautoencoder.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** The combinations of settings that a sweep tries, in the order of its trials. */
public final class Grid {
    private Grid() {}

    /**
     * Every value of each with every value of the others; the last changes first.
     *
     * @throws IllegalArgumentException for a setting that is named twice, or a range to draw from
     */
    public static List<Map<String, String>> product(List<Axis> axes) {
        List<Map<String, String>> combinations = List.of(Map.of());
        for (Axis axis : axes) {
            combinations = times(combinations, axis);
        }
        return combinations;
    }

    /**
     * {@code n} combinations, each value drawn from its range or list. A shorter draw is the beginning of a longer one.
     *
     * @throws IllegalArgumentException for a setting that is named twice
     */
    public static List<Map<String, String>> draw(List<Axis> axes, int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Map<String, String>> combinations = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            List<Axis> drawn = axes.stream()
                    .map(axis -> Axis.of(axis.name(), List.of(axis.draw(random))))
                    .toList();
            combinations.addAll(product(drawn));
        }
        return combinations;
    }

    /** Each combination with each value of one more setting, which changes first. */
    public static List<Map<String, String>> times(List<Map<String, String>> combinations, Axis axis) {
        if (axis.values().isEmpty()) {
            throw new IllegalArgumentException(
                    axis.name() + " has a range without a number of steps, to be drawn from at random");
        }
        List<Map<String, String>> longer = new ArrayList<>();
        for (Map<String, String> combination : combinations) {
            if (combination.containsKey(axis.name())) {
                throw new IllegalArgumentException(axis.name() + " is given twice");
            }
            for (String value : axis.values()) {
                Map<String, String> one = new LinkedHashMap<>(combination);
                one.put(axis.name(), value);
                longer.add(one);
            }
        }
        return longer;
    }

    /** A combination as lines {@code name=value}. */
    public static String lines(Map<String, String> combination) {
        return combination.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
                .collect(Collectors.joining());
    }

    /** A combination in one line. */
    public static String text(Map<String, String> combination) {
        return lines(combination).strip().replace('\n', ' ');
    }
}
