package org.sparkautoencoder.results;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Creates records, including nested ones, from the values of their columns. */
final class RecordMaker<R extends Record> {
    private final Constructor<R> constructor;
    private final List<RecordMaker<?>> parts = new ArrayList<>(); // by component; null if it is a column

    private RecordMaker(Constructor<R> constructor) {
        this.constructor = constructor;
    }

    static <R extends Record> RecordMaker<R> of(Class<R> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            RecordMaker<R> maker = new RecordMaker<>(type.getDeclaredConstructor(types));
            for (Class<?> component : types) {
                maker.parts.add(component.isRecord() ? of(component.asSubclass(Record.class)) : null);
            }
            return maker;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("no canonical constructor: " + type, e);
        }
    }

    /**
     * Creates a record.
     *
     * @param values of the columns in order
     * @throws IllegalArgumentException if the record's constructor rejects them
     */
    R make(Iterator<Object> values) {
        Object[] components = parts.stream()
                .map(part -> part == null ? values.next() : part.make(values))
                .toArray();
        try {
            return constructor.newInstance(components);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(e.getCause().getMessage(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot create a " + constructor.getDeclaringClass(), e);
        }
    }
}
