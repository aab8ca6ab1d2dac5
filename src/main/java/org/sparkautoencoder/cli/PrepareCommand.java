package org.sparkautoencoder.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkautoencoder.datasets.MnistRecipe;
import org.sparkautoencoder.datasets.MnistSettings;
import org.sparkautoencoder.datasets.PaperRecipe;
import org.sparkautoencoder.datasets.Preparation;
import org.sparkautoencoder.datasets.PrepareSettings;
import org.sparkautoencoder.datasets.PreparedDataset;
import org.sparkautoencoder.datasets.RawRecipe;
import org.sparkautoencoder.datasets.Recipe;
import org.sparkautoencoder.datasets.SyntheticRecipe;
import org.sparkautoencoder.runs.InvalidSettingsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes a data set as CSV. */
@Command(
        name = "prepare",
        description = "Writes a data set as CSV: DATASETS/NAME/train.csv, test.csv and provenance.properties.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true)
final class PrepareCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(PrepareCommand.class);

    /** The data sets that can be asked for by name. */
    enum Dataset {
        PAPER,
        MNIST,
        SYNTHETIC
    }

    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            description =
                    "data set: paper (the study's 5,000 digits), mnist (all 70,000) or synthetic (default " + "paper)")
    private Dataset dataset;

    @Option(
            names = "--source",
            paramLabel = "PLACE",
            description = "folder or URL prefix with MNIST's four files, plain or .gz; may be repeated (default: "
                    + "DATASETS/idx, then the public mirrors)")
    private List<String> sources;

    @Option(
            names = "--images",
            paramLabel = "FILE",
            description = "images of your own instead of a named data set: an IDX file (as Fashion-MNIST, KMNIST and "
                    + "EMNIST have them) or text with one image per line, plain or .gz")
    private Path images;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "labels 0..255 of --images: an IDX file or text with one label per line, plain or .gz")
    private Path labels;

    @Option(
            names = "--train-fraction",
            paramLabel = "FRACTION",
            defaultValue = "0.8",
            description =
                    "fraction of --images of each label that are for training, 0..1 (default " + "${DEFAULT-VALUE})")
    private double trainFraction;

    @Option(
            names = "--per-digit",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "number of --images to use of each label, the first ones; 0 for all (default ${DEFAULT-VALUE})")
    private int perDigit;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "seed of the synthetic digits and of the split of --images (default ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "folder name of the data set (default: the data set's own name)")
    private String name;

    @Option(
            names = "--datasets",
            paramLabel = "FOLDER",
            description = "folder of data sets (default: the project's dataset/)")
    private Path datasets;

    @Option(names = "--overwrite", description = "replace a data set of that name (default: it is kept)")
    private boolean overwrite;

    @Override
    public Integer call() {
        Path folder = datasets == null ? Options.projectFolder("dataset") : datasets;
        PrepareSettings settings = new PrepareSettings(folder, recipe()).withOverwrite(overwrite);
        PreparedDataset prepared =
                Preparation.prepare(name == null ? settings : settings.withName(name), line -> LOG.info(line));
        System.out.println(prepared.summary());
        return ExitCode.DONE;
    }

    private Recipe recipe() {
        if (images != null || labels != null) {
            if (images == null || labels == null || dataset != null) {
                throw new InvalidSettingsException("images of your own need --images and --labels, and no --dataset");
            }
            return new RawRecipe(images, labels, trainFraction, perDigit, seed);
        }
        MnistSettings mnist = sources == null ? MnistSettings.DEFAULT : MnistSettings.DEFAULT.withSources(sources);
        return switch (dataset == null ? Dataset.PAPER : dataset) {
            case PAPER -> new PaperRecipe(mnist);
            case MNIST -> new MnistRecipe(mnist);
            case SYNTHETIC -> new SyntheticRecipe(seed);
        };
    }
}
