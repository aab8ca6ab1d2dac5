package org.sparkautoencoder.cli;

import java.io.IOException;
import org.apache.spark.api.java.JavaRDD;
import org.sparkautoencoder.digits.Shard;
import org.sparkautoencoder.digits.Split;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.results.ResultTables;
import org.sparkautoencoder.training.TrainingRows;
import org.sparkautoencoder.training.TrainingSettings;

/** What a run teaches a network: its examples, where it begins, and what is measured in the end. */
interface Learner {
    /** The model's name in the tables. */
    String model();

    TrainingSettings settings();

    /** Learning rate and momentum of {@link #settings} as they were given. */
    UpdateRule updateRule();

    /** The run whose model this one begins with; null for none. */
    String parentRunId();

    /** The shards that the network is trained or tested on, of those whose rows are their own targets. */
    JavaRDD<Shard> shards(JavaRDD<Shard> rows, Split split);

    /** What decides {@link #shards}: learners for which this is equal have equal ones. */
    Object inputs(Split split);

    /** The parameters that the training begins with. */
    float[] initialParameters();

    /** The network that is saved: the trained one, behind what it was trained on. */
    Layers network();

    /** The parameters that are saved. */
    float[] networkParameters(float[] trained);

    /** Measures, prints and puts into the tables what there is to know of the trained parameters. */
    void measure(Session session, ResultTables tables, TrainingRows rows, float[] trained, boolean print)
            throws IOException;
}
