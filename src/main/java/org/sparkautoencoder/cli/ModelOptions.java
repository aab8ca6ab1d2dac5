package org.sparkautoencoder.cli;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparkautoencoder.csv.BadInputException;
import org.sparkautoencoder.model.SavedModel;
import picocli.CommandLine.Option;

/** A saved model to use. */
final class ModelOptions {
    @Option(names = "--model", paramLabel = "DIR", required = true, description = "folder of a saved model")
    private String model;

    SavedModel read(Configuration conf) {
        return SavedModel.read(new Path(model), conf);
    }

    SavedModel readAutoencoder(Configuration conf) {
        SavedModel saved = read(conf);
        if (saved.isClassifier()) {
            throw new BadInputException(model + " is a classifier, which denoises nothing: use predict");
        }
        return saved;
    }

    SavedModel readClassifier(Configuration conf) {
        SavedModel saved = read(conf);
        if (!saved.isClassifier()) {
            throw new BadInputException(model + " is no classifier but '" + saved.kind() + "': use denoise");
        }
        return saved;
    }
}
