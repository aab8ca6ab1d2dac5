package org.sparkautoencoder.shards;

import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.sparkautoencoder.kernel.ForwardPass;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.OutputLayer;

/** A map from shards to shards whose inputs are the activations of a trained network's last hidden layer; the targets stay. */
public final class FrozenEncoder implements Function<Shard, Shard> {
    private static final long serialVersionUID = 1L;

    private final Layers layers;
    private final Broadcast<float[]> parameters;

    /** @param parameters lie as {@code layers} says */
    public FrozenEncoder(Layers layers, Broadcast<float[]> parameters) {
        this.layers = layers;
        this.parameters = parameters;
    }

    @Override
    public Shard call(Shard shard) {
        int width = layers.inputs();
        int encoded = layers.size(layers.depth() - 1);
        float[] outputs = new float[shard.rows() * encoded]; // rows x encoded
        ForwardPass pass = new ForwardPass(layers, OutputLayer.LINEAR, 1); // only its hidden layers are used
        for (int index = 0; index < shard.rows(); index++) {
            // One row at a time, so that its bits depend on nothing but the row.
            pass.rows(1);
            System.arraycopy(shard.inputs(), index * width, pass.input(), 0, width);
            System.arraycopy(pass.hidden(parameters.value()), 0, outputs, index * encoded, encoded);
        }
        return new Shard(shard.index(), shard.ids(), shard.labels(), outputs, shard.targets());
    }
}
