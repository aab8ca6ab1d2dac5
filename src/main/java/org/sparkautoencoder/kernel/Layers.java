package org.sparkautoencoder.kernel;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The layout of a dense network's parameters in one flat {@code float[]}: layer by layer, the weights W_l (size(l) x
 * size(l - 1), row by row), then the biases b_l (size(l)). Layer 0 is the input; layers 1 to depth() have parameters.
 */
public final class Layers implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int[] sizes;
    private final int[] weights;
    private final int[] biases;
    private final int parameters;

    /** @param sizes values of the input, neurons of each hidden layer, values of the output: at least two, each above 0 */
    public Layers(int... sizes) {
        if (sizes.length < 2) {
            throw new IllegalArgumentException(
                    "a network has at least an input and an output layer, got " + sizes.length);
        }
        this.sizes = sizes.clone();
        this.weights = new int[sizes.length];
        this.biases = new int[sizes.length];
        long offset = 0;
        for (int l = 0; l < sizes.length; l++) {
            if (sizes[l] < 1) {
                throw new IllegalArgumentException("layer " + l + " needs at least 1 neuron, got " + sizes[l]);
            }
            if (l > 0) {
                weights[l] = Math.toIntExact(offset);
                offset += (long) sizes[l] * sizes[l - 1];
                biases[l] = (int) Math.min(offset, Integer.MAX_VALUE);
                offset += sizes[l];
            }
            if (offset > Integer.MAX_VALUE - 8) {
                throw new IllegalArgumentException("more than 2^31 parameters in layers " + Arrays.toString(sizes));
            }
        }
        this.parameters = (int) offset;
    }

    /** The number of layers with parameters. */
    public int depth() {
        return sizes.length - 1;
    }

    /** Neurons of layer {@code l}, 0..depth(). */
    public int size(int l) {
        return sizes[l];
    }

    public int inputs() {
        return sizes[0];
    }

    public int outputs() {
        return sizes[sizes.length - 1];
    }

    public int[] sizes() {
        return sizes.clone();
    }

    /** Offset of W_l, l = 1..depth(). */
    public int weights(int l) {
        return weights[l];
    }

    /** Offset of b_l, l = 1..depth(). */
    public int biases(int l) {
        return biases[l];
    }

    /** The number of all weights and biases. */
    public int parameters() {
        return parameters;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Layers layers && Arrays.equals(sizes, layers.sizes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sizes);
    }

    /** As in {@code 784-200-784}. */
    @Override
    public String toString() {
        return Arrays.stream(sizes).mapToObj(Integer::toString).collect(Collectors.joining("-"));
    }
}
