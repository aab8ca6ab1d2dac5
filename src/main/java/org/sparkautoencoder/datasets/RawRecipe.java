package org.sparkautoencoder.datasets;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.sparkautoencoder.csv.BadInputException;
import org.sparkautoencoder.kernel.Permutation;
import org.sparkautoencoder.kernel.RandomKeys;

/**
 * A user's images and their labels, 0..255. Each file is an IDX file or, as the study had them, text with one image or
 * label a line, tab or comma between pixels; plain or gzip. Pixels are written as they stand; rows are sorted by label,
 * those of a label in their order.
 *
 * @param trainFraction which part of each label's rows is for training, above 0 and below 1
 * @param perDigit take the first so many rows of each label; 0 takes all
 * @param seed decides which rows are for training
 */
public record RawRecipe(Path images, Path labels, double trainFraction, int perDigit, long seed) implements Recipe {
    private static final int LABELS = 256; // 0 and up

    /** What becomes of a row. */
    private enum Assignment {
        NONE,
        TRAIN,
        TEST
    }

    public RawRecipe {
        if (!(trainFraction > 0 && trainFraction < 1)) {
            throw new BadInputException("--train-fraction must be above 0 and below 1, got " + trainFraction);
        }
        if (perDigit < 0) {
            throw new BadInputException("--per-digit must be at least 1, or 0 for all, got " + perDigit);
        }
    }

    @Override
    public String name() {
        return "raw";
    }

    @Override
    public SortedMap<String, String> identity() throws IOException {
        SortedMap<String, String> identity = new TreeMap<>();
        identity.put(Provenance.RECIPE, "raw 1");
        identity.put("source.images.sha256", RawFile.sha256(images));
        identity.put("source.labels.sha256", RawFile.sha256(labels));
        identity.put("train.fraction", String.valueOf(trainFraction));
        identity.put("per.digit", perDigit == 0 ? "all" : String.valueOf(perDigit));
        identity.put(Provenance.SEED, String.valueOf(seed));
        return identity;
    }

    @Override
    public SortedMap<String, String> write(RowWriter train, RowWriter test, Path cache, Consumer<String> progress)
            throws IOException {
        int[] classes = RawFile.labels(labels);
        RawImages rows = RawFile.images(images);
        if (rows.count() != classes.length) {
            throw new BadInputException(images + " has " + rows.count() + " images and " + labels + " has "
                    + classes.length + " labels: give one label for each image");
        }
        int[] counts = counts(classes);
        Assignment[] assignments = assignments(classes, counts);
        train.header(rows.width());
        test.header(rows.width());
        for (int label = 0; label < LABELS; label++) {
            for (int row = 0; counts[label] > 0 && row < classes.length; row++) {
                if (classes[row] == label && assignments[row] != Assignment.NONE) {
                    rows.write(row, label, assignments[row] == Assignment.TRAIN ? train : test);
                }
            }
        }
        SortedMap<String, String> facts = new TreeMap<>(rows.facts());
        facts.put("source.images.location", images.toString());
        facts.put("source.labels.location", labels.toString());
        facts.put(Provenance.ORIENTATION, "as in the source");
        facts.put(Provenance.PIXEL_SCALE, rows.largest() > 1 ? "255" : "1");
        return facts;
    }

    /** How many rows each label has. */
    private static int[] counts(int[] classes) {
        int[] counts = new int[LABELS];
        for (int label : classes) {
            counts[label]++;
        }
        return counts;
    }

    private Assignment[] assignments(int[] classes, int[] counts) {
        Assignment[] assignments = new Assignment[classes.length];
        Arrays.fill(assignments, Assignment.NONE);
        for (int label = 0; label < LABELS; label++) {
            if (counts[label] == 0) {
                continue;
            }
            int take = perDigit == 0 ? counts[label] : perDigit;
            if (counts[label] < take) {
                throw new BadInputException(labels + " has " + counts[label] + " rows of label " + label
                        + " where --per-digit asks for " + perDigit);
            }
            split(classes, label, take, assignments);
        }
        return assignments;
    }

    /** Deals the first {@code take} rows of a label out to training and test. */
    private void split(int[] classes, int label, int take, Assignment[] assignments) {
        int forTraining = (int) Math.round(take * trainFraction);
        if (forTraining == 0 || forTraining == take) {
            throw new BadInputException(take + " row(s) of label " + label + " from " + labels
                    + " are too few: with --train-fraction " + trainFraction + " the "
                    + (forTraining == 0 ? "training" : "test") + " set gets none");
        }
        Permutation permutation = new Permutation(RandomKeys.mix(seed, label), take);
        int seen = 0;
        for (int row = 0; row < classes.length && seen < take; row++) {
            if (classes[row] == label) {
                assignments[row] = permutation.apply(seen++) < forTraining ? Assignment.TRAIN : Assignment.TEST;
            }
        }
    }
}
