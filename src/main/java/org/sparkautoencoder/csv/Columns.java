package org.sparkautoencoder.csv;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What each column of a file is: a value of the row, its label, or ignored. Immutable. */
final class Columns implements Serializable {
    private static final int LABEL = -1;
    private static final int IGNORED = -2;
    private static final int FIRST_INDICATOR = -3;
    private static final long serialVersionUID = 1L;

    // By column: the number of the value that it holds, LABEL, IGNORED, or FIRST_INDICATOR - i for the i-th indicator.
    private final int[] roles;
    private final int width;
    private final Run[] runs;

    /** Consecutive columns that are alike: ignored, the label, or values with consecutive numbers. */
    record Run(Role role, int count, int firstValue) implements Serializable {}

    /** What a column is. */
    enum Role {
        VALUE,
        LABEL,
        /** One of several columns of which the one with a 1 says the class. */
        INDICATOR,
        IGNORED
    }

    private Columns(int[] roles) {
        this.roles = roles;
        this.width = (int) Arrays.stream(roles).filter(role -> role >= 0).count();
        List<Run> found = new ArrayList<>();
        for (int i = 0; i < roles.length; ) {
            int end = i + 1;
            while (end < roles.length && continues(roles[end - 1], roles[end])) {
                end++;
            }
            found.add(new Run(roleOf(roles[i]), end - i, Math.max(0, roles[i])));
            i = end;
        }
        this.runs = found.toArray(new Run[0]);
    }

    private static boolean continues(int role, int next) {
        return role >= 0 ? next == role + 1 : role == IGNORED && next == IGNORED;
    }

    private static Role roleOf(int role) {
        return role >= 0 ? Role.VALUE : role == LABEL ? Role.LABEL : role == IGNORED ? Role.IGNORED : Role.INDICATOR;
    }

    /** All columns are values, in their order, but for those that say the label and the ignored ones. */
    static Columns of(int count, List<Integer> labels, Iterable<Integer> ignored) {
        int[] roles = new int[count];
        ignored.forEach(column -> roles[column] = IGNORED);
        for (int i = 0; i < labels.size(); i++) {
            roles[labels.get(i)] = labels.size() == 1 ? LABEL : FIRST_INDICATOR - i;
        }
        int value = 0;
        for (int i = 0; i < count; i++) {
            roles[i] = roles[i] < 0 ? roles[i] : value++;
        }
        return new Columns(roles);
    }

    /** The values are those of the columns {@code values}, in that order; other columns but the labels are ignored. */
    static Columns ofValues(int count, List<Integer> values, List<Integer> labels) {
        int[] roles = new int[count];
        Arrays.fill(roles, IGNORED);
        for (int i = 0; i < labels.size(); i++) {
            roles[labels.get(i)] = labels.size() == 1 ? LABEL : FIRST_INDICATOR - i;
        }
        for (int i = 0; i < values.size(); i++) {
            roles[values.get(i)] = i;
        }
        return new Columns(roles);
    }

    int count() {
        return roles.length;
    }

    /** The number of values. */
    int width() {
        return width;
    }

    Role role(int column) {
        return roleOf(roles[column]);
    }

    /** The number of the value that a column holds. */
    int value(int column) {
        return roles[column];
    }

    /** The columns with this role, ascending. */
    List<Integer> with(Role role) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < roles.length; i++) {
            if (role(i) == role) {
                found.add(i);
            }
        }
        return found;
    }

    /** The column that holds the label; -1 where none does. */
    int label() {
        for (int i = 0; i < roles.length; i++) {
            if (roles[i] == LABEL) {
                return i;
            }
        }
        return -1;
    }

    /** Whether a column, or several, says the label. */
    boolean hasLabels() {
        for (Run run : runs) {
            if (run.role() == Role.LABEL || run.role() == Role.INDICATOR) {
                return true;
            }
        }
        return false;
    }

    /** The class that an indicator column stands for: its name, else its number from 0 among the indicators. */
    String className(int column, List<String> header) {
        int indicator = FIRST_INDICATOR - roles[column];
        return header == null ? String.valueOf(indicator) : header.get(column);
    }

    /** The columns of the values, by the number of the value. */
    int[] ofValues() {
        int[] columns = new int[width];
        for (int i = 0; i < roles.length; i++) {
            if (roles[i] >= 0) {
                columns[roles[i]] = i;
            }
        }
        return columns;
    }

    Run[] runs() {
        return runs;
    }
}
