package org.sparkautoencoder.training;

import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.sparkautoencoder.digits.BadInputException;
import org.sparkautoencoder.digits.Digit;
import org.sparkautoencoder.digits.Example;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.Pass;

/**
 * A digit as a classifier's example: the target is 1 at its label and 0 elsewhere, the input its pixels, or what a frozen
 * encoder makes of them.
 */
public final class OneHot implements Function<Digit, Example> {
    /** Classes. */
    public static final int DIGITS = 10;

    private static final long serialVersionUID = 1L;

    private final Layers encoder;
    private final Broadcast<float[]> parameters;
    private transient Pass pass;

    private OneHot(Layers encoder, Broadcast<float[]> parameters) {
        this.encoder = encoder;
        this.parameters = parameters;
    }

    /** Of pixels. */
    public static OneHot ofPixels() {
        return new OneHot(null, null);
    }

    /**
     * Of the last hidden layer of a trained network.
     *
     * @param parameters lie as {@code encoder} says
     */
    public static OneHot ofEncoded(Layers encoder, Broadcast<float[]> parameters) {
        return new OneHot(encoder, parameters);
    }

    @Override
    public Example call(Digit digit) {
        if (digit.label() == Digit.UNLABELLED) {
            throw new BadInputException("row " + digit.id() + " has no label: a classifier needs one for every row");
        }
        float[] target = new float[DIGITS];
        target[digit.label()] = 1;
        return new Example(digit.id(), digit.label(), encoder == null ? digit.pixels() : encode(digit), target);
    }

    // One row at a time, so that its bits depend on nothing but the row.
    private float[] encode(Digit digit) {
        if (pass == null) {
            pass = new Pass(encoder, 1);
        }
        pass.rows(1);
        System.arraycopy(digit.pixels(), 0, pass.input(), 0, encoder.inputs());
        return pass.hidden(parameters.value()).clone();
    }
}
