package org.sparkautoencoder.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.commons.codec.digest.DigestUtils;
import org.sparkautoencoder.csv.BadInputException;
import org.sparkautoencoder.kernel.Permutation;
import org.sparkautoencoder.kernel.RandomKeys;

/**
 * Digits in the study's raw form: a file with one image a line, tab or comma between pixels, and a file with one label
 * a line; plain or gzip. Pixels are written as they stand; rows are sorted by digit, those of a digit in their order.
 *
 * @param trainFraction which part of each digit's rows is for training, above 0 and below 1
 * @param perDigit take the first so many rows of each digit; 0 takes all
 * @param seed decides which rows are for training
 */
public record RawRecipe(Path images, Path labels, double trainFraction, int perDigit, long seed) implements Recipe {
    private static final int DIGITS = 10;

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
        identity.put("source.images.sha256", sha256(images));
        identity.put("source.labels.sha256", sha256(labels));
        identity.put("train.fraction", String.valueOf(trainFraction));
        identity.put("per.digit", perDigit == 0 ? "all" : String.valueOf(perDigit));
        identity.put(Provenance.SEED, String.valueOf(seed));
        return identity;
    }

    @Override
    public SortedMap<String, String> write(RowWriter train, RowWriter test, Path cache, Consumer<String> progress)
            throws IOException {
        byte[] digits = RawLines.labels(labels);
        RawLines.Images rows = RawLines.images(images);
        if (rows.count() != digits.length) {
            throw new BadInputException(images + " has " + rows.count() + " images and " + labels + " has "
                    + digits.length + " labels: give one label for each image");
        }
        Assignment[] assignments = assignments(digits);
        train.header(rows.width());
        test.header(rows.width());
        for (int digit = 0; digit < DIGITS; digit++) {
            for (int row = 0; row < digits.length; row++) {
                if (digits[row] == digit && assignments[row] != Assignment.NONE) {
                    (assignments[row] == Assignment.TRAIN ? train : test).row(rows.cells(row), digit);
                }
            }
        }
        SortedMap<String, String> facts = new TreeMap<>();
        facts.put("source.images.location", images.toString());
        facts.put("source.labels.location", labels.toString());
        facts.put(Provenance.ORIENTATION, "as in the source");
        facts.put(Provenance.PIXEL_SCALE, rows.largest() > 1 ? "255" : "1");
        facts.put(Provenance.PIXEL_FORMAT, "as in the source");
        return facts;
    }

    private Assignment[] assignments(byte[] digits) {
        int[] counts = new int[DIGITS];
        for (byte digit : digits) {
            counts[digit]++;
        }
        Assignment[] assignments = new Assignment[digits.length];
        Arrays.fill(assignments, Assignment.NONE);
        for (int digit = 0; digit < DIGITS; digit++) {
            int take = perDigit == 0 ? counts[digit] : perDigit;
            if (counts[digit] < take) {
                throw new BadInputException(labels + " has " + counts[digit] + " rows of digit " + digit
                        + " where --per-digit asks for " + perDigit);
            }
            if (take > 0) {
                split(digits, digit, take, assignments);
            }
        }
        return assignments;
    }

    /** Deals the first {@code take} rows of a digit out to training and test. */
    private void split(byte[] digits, int digit, int take, Assignment[] assignments) {
        int forTraining = (int) Math.round(take * trainFraction);
        if (forTraining == 0 || forTraining == take) {
            throw new BadInputException(take + " row(s) of digit " + digit + " from " + labels
                    + " are too few: with --train-fraction " + trainFraction + " the "
                    + (forTraining == 0 ? "training" : "test") + " set gets none");
        }
        Permutation permutation = new Permutation(RandomKeys.mix(seed, digit), take);
        int seen = 0;
        for (int row = 0; row < digits.length && seen < take; row++) {
            if (digits[row] == digit) {
                assignments[row] = permutation.apply(seen++) < forTraining ? Assignment.TRAIN : Assignment.TEST;
            }
        }
    }

    // Of the content, uncompressed where it is gzip.
    private static String sha256(Path file) throws IOException {
        try (InputStream in = Gzip.plain(Files.newInputStream(file))) {
            return DigestUtils.sha256Hex(in);
        }
    }
}
