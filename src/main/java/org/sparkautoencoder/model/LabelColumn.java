package org.sparkautoencoder.model;

import java.io.Serializable;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.sparkautoencoder.csv.Classes;
import org.sparkautoencoder.csv.DataRow;

/** A column of labels in a table: of integers if all labels are, else of text. */
final class LabelColumn implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Object[] values; // by the number of the class
    private final boolean integers;

    LabelColumn(Classes classes) {
        integers = classes.areIntegers();
        values = new Object[classes.size()];
        for (int number = 0; number < values.length; number++) {
            values[number] = integers ? Integer.valueOf(classes.name(number)) : classes.name(number);
        }
    }

    DataType type() {
        return integers ? DataTypes.IntegerType : DataTypes.StringType;
    }

    /** The label of the class with this number; null for {@link DataRow#UNLABELLED}. */
    Object value(int number) {
        return number == DataRow.UNLABELLED ? null : values[number];
    }
}
