package org.sparkautoencoder.datasets;

import org.sparkautoencoder.csv.BadInputException;

/** MNIST is not to be had from any of the places that were asked; the message says why, place by place. */
public final class MnistUnavailableException extends BadInputException {
    private static final long serialVersionUID = 1L;

    public MnistUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
