package org.sparkautoencoder.results;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** The types of columns: a Java type, its parquet type, and the conversions. */
enum ColumnType {
    BOOLEAN {
        @Override
        Type schema(String name, Repetition repetition) {
            return Types.primitive(PrimitiveTypeName.BOOLEAN, repetition).named(name);
        }

        @Override
        void write(RecordConsumer out, Object value) {
            out.addBoolean((Boolean) value);
        }

        @Override
        Object read(Group row, String name) {
            return row.getBoolean(name, 0);
        }
    },
    INT {
        @Override
        Type schema(String name, Repetition repetition) {
            return Types.primitive(PrimitiveTypeName.INT32, repetition).named(name);
        }

        @Override
        void write(RecordConsumer out, Object value) {
            out.addInteger((Integer) value);
        }

        @Override
        Object read(Group row, String name) {
            return row.getInteger(name, 0);
        }
    },
    LONG {
        @Override
        Type schema(String name, Repetition repetition) {
            return Types.primitive(PrimitiveTypeName.INT64, repetition).named(name);
        }

        @Override
        void write(RecordConsumer out, Object value) {
            out.addLong((Long) value);
        }

        @Override
        Object read(Group row, String name) {
            return row.getLong(name, 0);
        }
    },
    DOUBLE {
        @Override
        Type schema(String name, Repetition repetition) {
            return Types.primitive(PrimitiveTypeName.DOUBLE, repetition).named(name);
        }

        @Override
        boolean isFinite(Object value) {
            return Double.isFinite((Double) value);
        }

        @Override
        void write(RecordConsumer out, Object value) {
            out.addDouble((Double) value);
        }

        @Override
        Object read(Group row, String name) {
            return row.getDouble(name, 0);
        }
    },
    TEXT {
        @Override
        Type schema(String name, Repetition repetition) {
            return text(name, repetition);
        }

        @Override
        void write(RecordConsumer out, Object value) {
            out.addBinary(Binary.fromString((String) value));
        }

        @Override
        Object read(Group row, String name) {
            return row.getString(name, 0);
        }
    },
    STATUS {
        @Override
        Type schema(String name, Repetition repetition) {
            return text(name, repetition);
        }

        @Override
        void write(RecordConsumer out, Object value) {
            out.addBinary(Binary.fromString(((Status) value).text()));
        }

        @Override
        Object read(Group row, String name) {
            return Status.of(row.getString(name, 0));
        }
    },
    TIME {
        @Override
        Type schema(String name, Repetition repetition) {
            return Types.primitive(PrimitiveTypeName.INT64, repetition)
                    .as(timestampType(true, TimeUnit.MICROS))
                    .named(name);
        }

        @Override
        void write(RecordConsumer out, Object value) {
            out.addLong(ChronoUnit.MICROS.between(Instant.EPOCH, (Instant) value));
        }

        @Override
        Object read(Group row, String name) {
            return Instant.EPOCH.plus(row.getLong(name, 0), ChronoUnit.MICROS);
        }
    },
    INTS {
        @Override
        Type schema(String name, Repetition repetition) {
            return list(name, repetition, PrimitiveTypeName.INT32);
        }

        @Override
        void write(RecordConsumer out, Object value) {
            List<?> values = (List<?>) value;
            startList(out, values.size());
            for (Object element : values) {
                startElement(out);
                out.addInteger((Integer) element);
                endElement(out);
            }
            endList(out, values.size());
        }

        @Override
        Object read(Group row, String name) {
            Group list = row.getGroup(name, 0);
            int n = list.getFieldRepetitionCount(0);
            List<Integer> values = new ArrayList<>(n);
            for (int i = 0; i < n; i++) {
                values.add(list.getGroup(0, i).getInteger(0, 0));
            }
            return values;
        }
    },
    FLOATS {
        @Override
        Type schema(String name, Repetition repetition) {
            return list(name, repetition, PrimitiveTypeName.FLOAT);
        }

        @Override
        boolean isFinite(Object value) {
            for (float element : (float[]) value) {
                if (!Float.isFinite(element)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        void write(RecordConsumer out, Object value) {
            float[] values = (float[]) value;
            startList(out, values.length);
            for (float element : values) {
                startElement(out);
                out.addFloat(element);
                endElement(out);
            }
            endList(out, values.length);
        }

        @Override
        Object read(Group row, String name) {
            Group list = row.getGroup(name, 0);
            float[] values = new float[list.getFieldRepetitionCount(0)];
            for (int i = 0; i < values.length; i++) {
                values[i] = list.getGroup(0, i).getFloat(0, 0);
            }
            return values;
        }
    };

    abstract Type schema(String name, Repetition repetition);

    /** Writes a value that is not null. */
    abstract void write(RecordConsumer out, Object value);

    /** Reads a value that is not null. */
    abstract Object read(Group row, String name);

    /** Whether a value is free of NaN and infinity, with which the filters of several engines select wrong rows. */
    boolean isFinite(Object value) {
        return true;
    }

    /** @throws IllegalArgumentException for an unsupported type */
    static ColumnType of(java.lang.reflect.Type type) {
        return switch (type.getTypeName()) {
            case "boolean", "java.lang.Boolean" -> BOOLEAN;
            case "int", "java.lang.Integer" -> INT;
            case "long", "java.lang.Long" -> LONG;
            case "double", "java.lang.Double" -> DOUBLE;
            case "java.lang.String" -> TEXT;
            case "java.time.Instant" -> TIME;
            case "java.util.List<java.lang.Integer>" -> INTS;
            case "float[]" -> FLOATS;
            default -> {
                if (type == Status.class) {
                    yield STATUS;
                }
                throw new IllegalArgumentException("no column can hold a " + type.getTypeName());
            }
        };
    }

    private static Type text(String name, Repetition repetition) {
        return Types.primitive(PrimitiveTypeName.BINARY, repetition)
                .as(stringType())
                .named(name);
    }

    // The three levels of the parquet format's LIST: NAME (LIST) { repeated list { required element } }.
    private static Type list(String name, Repetition repetition, PrimitiveTypeName element) {
        return Types.list(repetition).requiredElement(element).named(name);
    }

    private static void startList(RecordConsumer out, int n) {
        out.startGroup();
        if (n > 0) {
            out.startField("list", 0);
        }
    }

    private static void startElement(RecordConsumer out) {
        out.startGroup();
        out.startField("element", 0);
    }

    private static void endElement(RecordConsumer out) {
        out.endField("element", 0);
        out.endGroup();
    }

    private static void endList(RecordConsumer out, int n) {
        if (n > 0) {
            out.endField("list", 0);
        }
        out.endGroup();
    }
}
