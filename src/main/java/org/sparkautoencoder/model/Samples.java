package org.sparkautoencoder.model;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.sparkautoencoder.kernel.ForwardPass;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.OutputLayer;
import org.sparkautoencoder.kernel.Permutation;
import org.sparkautoencoder.shards.Shard;

/** A few random rows of a data set, with the network's input and output. */
public final class Samples {
    private Samples() {}

    /** One row. Errors are mean squared differences to the true row. */
    public static final class Sample implements Serializable {
        private static final long serialVersionUID = 1L;

        private final long id;
        private final int label;
        private final float[] truth;
        private final float[] shown;
        private float[] decoded;

        Sample(long id, int label, float[] truth, float[] shown) {
            this.id = id;
            this.label = label;
            this.truth = truth;
            this.shown = shown;
        }

        public long id() {
            return id;
        }

        public int label() {
            return label;
        }

        public float[] truth() {
            return truth;
        }

        /** The input, with its noise if there is any. */
        public float[] shown() {
            return shown;
        }

        /** The output, as it is. */
        public float[] decoded() {
            return decoded;
        }
    }

    /** The mean squared difference of two rows. */
    public static double error(float[] row, float[] truth) {
        return RowErrors.mean(row, truth, Outputs.PLAIN);
    }

    /** {@code count} rows that follow from the seed alone, in the order of their draw. */
    public static List<Sample> draw(
            Layers layers,
            OutputLayer outputLayer,
            float[] parameters,
            JavaRDD<Shard> shards,
            long rows,
            int count,
            long seed,
            InputRows inputs) {
        Permutation draw = new Permutation(seed, rows);
        Map<Long, Integer> places = new HashMap<>();
        for (int i = 0; i < Math.min(count, rows); i++) {
            places.put(draw.apply(i), i);
        }
        Set<Long> ids = new HashSet<>(places.keySet());
        List<Sample> samples = new ArrayList<>(
                shards.flatMap(shard -> find(shard, ids, layers, inputs)).collect());
        samples.sort(Comparator.comparing(sample -> places.get(sample.id())));
        ForwardPass pass = new ForwardPass(layers, outputLayer, 1);
        for (Sample sample : samples) {
            pass.rows(1);
            System.arraycopy(sample.shown(), 0, pass.input(), 0, layers.inputs());
            pass.forward(parameters);
            sample.decoded = Arrays.copyOf(pass.output(), layers.outputs());
        }
        return samples;
    }

    private static Iterator<Sample> find(Shard shard, Set<Long> ids, Layers layers, InputRows inputs) {
        List<Sample> found = new ArrayList<>();
        for (int index = 0; index < shard.rows(); index++) {
            if (ids.contains(shard.ids()[index])) {
                float[] truth = new float[layers.outputs()];
                float[] shown = new float[layers.inputs()];
                System.arraycopy(shard.targets(), index * truth.length, truth, 0, truth.length);
                inputs.copy(shard, index, 0, shown.length, shown, 0);
                found.add(new Sample(shard.ids()[index], shard.labels()[index], truth, shown));
            }
        }
        return found.iterator();
    }
}
