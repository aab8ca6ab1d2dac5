package org.sparkautoencoder.runs;

import java.io.IOException;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.results.ResultTables;
import org.sparkautoencoder.shards.Shard;
import org.sparkautoencoder.shards.Split;
import org.sparkautoencoder.training.TrainingRows;
import org.sparkautoencoder.training.TrainingSettings;
import org.sparkautoencoder.training.UpdateRule;

/** What a run trains: the network, its inputs and targets, its initial parameters, and what is measured in the end. */
public interface ModelSpec {
    /** The model's name in the tables. */
    String model();

    TrainingSettings settings();

    /** Learning rate and momentum of {@link #settings} as they were given. */
    UpdateRule updateRule();

    /** The run whose model this one begins with; null for none. */
    String parentRunId();

    /** The shards that the network is trained or tested on, of those whose rows are their own targets. */
    JavaRDD<Shard> shards(JavaRDD<Shard> rows, Split split);

    /** How many values a row of these shards holds, inputs and targets; once where those are the same. */
    int valuesHeld(Split split);

    /** What decides {@link #shards}: specs for which this is equal have equal ones. */
    Object inputs(Split split);

    /** The parameters that the training begins with. */
    float[] initialParameters();

    /** The network that is saved: the trained one, behind what it was trained on. */
    Layers network();

    /** The parameters that are saved. */
    float[] networkParameters(float[] trained);

    /** Entries of the model's description that follow from its training rows. */
    default Map<String, Object> description(RunContext context, TrainingRows rows, float[] trained) {
        return Map.of();
    }

    /** Evaluates the trained parameters: into the tables, and to the listener. */
    void measure(RunContext context, RunInfo run, ResultTables tables, TrainingRows rows, float[] trained)
            throws IOException;
}
