package org.sparkautoencoder.results;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/**
 * A column: a component of a row type, or of a record nested in it. Columns of primitive types are required, all others
 * nullable.
 */
final class Column {
    private final String name;
    private final ColumnType type;
    private final boolean required;
    private final List<Method> accessors; // from the row to the value

    private Column(List<Method> parts, RecordComponent component) {
        this.name = component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        this.type = ColumnType.of(component.getGenericType());
        this.required = component.getType().isPrimitive();
        this.accessors = append(parts, component);
    }

    /** The columns of a row type in order. */
    static List<Column> of(Class<? extends Record> rowType) {
        List<Column> columns = new ArrayList<>();
        add(columns, List.of(), rowType);
        return List.copyOf(columns);
    }

    private static void add(List<Column> columns, List<Method> parts, Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getType().isRecord()) {
                add(columns, append(parts, component), component.getType());
            } else {
                columns.add(new Column(parts, component));
            }
        }
    }

    private static List<Method> append(List<Method> parts, RecordComponent component) {
        List<Method> accessors = new ArrayList<>(parts);
        accessors.add(component.getAccessor());
        return accessors;
    }

    Type schema() {
        return type.schema(name, required ? Repetition.REQUIRED : Repetition.OPTIONAL);
    }

    /** @throws IllegalArgumentException for a NaN or an infinity in a required column */
    void write(Record row, int index, RecordConsumer out) {
        Object value = valueOf(row);
        if (value != null && !type.isFinite(value)) {
            if (required) {
                throw new IllegalArgumentException("column " + name + " cannot hold " + value);
            }
            value = null;
        }
        if (value != null) {
            out.startField(name, index);
            type.write(out, value);
            out.endField(name, index);
        }
    }

    /**
     * The value in a row of a file, null if the file has no such column.
     *
     * @throws IllegalArgumentException if its type differs, or if it is required and missing
     */
    Object read(Group row) {
        GroupType found = row.getType();
        boolean present = found.containsField(name);
        if (present && !sameType(found.getType(name))) {
            throw new IllegalArgumentException("column " + name + " is " + found.getType(name) + ", not " + schema());
        }
        if (present && row.getFieldRepetitionCount(name) > 0) {
            return type.read(row, name);
        }
        if (required) {
            throw new IllegalArgumentException("column " + name + " has no value");
        }
        return null;
    }

    // Repetition may differ: engines that rewrite files make required columns nullable.
    private boolean sameType(Type found) {
        Type expected = schema();
        if (!found.isPrimitive() || !expected.isPrimitive()) {
            return found.isPrimitive() == expected.isPrimitive();
        }
        return found.asPrimitiveType().getPrimitiveTypeName()
                == expected.asPrimitiveType().getPrimitiveTypeName();
    }

    private Object valueOf(Record row) {
        try {
            Object value = row;
            for (Method accessor : accessors) {
                value = accessor.invoke(value);
            }
            return value;
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + name + " of " + row, e);
        }
    }
}
