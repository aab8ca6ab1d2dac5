package org.sparkautoencoder.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.sparkautoencoder.csv.AtomicOutput;
import org.sparkautoencoder.csv.BadInputException;

/** A data set on disk: train.csv, test.csv and the provenance that holds their SHA-256. */
final class DatasetFolder {
    static final String TRAIN = "train.csv";
    static final String TEST = "test.csv";

    private static final List<String> FILES = List.of(Provenance.FILE, TEST, TRAIN);
    private static final String REMEDY = ": use another --name, move it away, or replace it with --overwrite";

    private final Path folder;

    DatasetFolder(Path folder) {
        this.folder = folder;
    }

    /** Nothing is there that could be lost. */
    boolean isFree() throws IOException {
        return !Files.exists(folder)
                || (Files.isDirectory(folder) && list(folder).isEmpty());
    }

    /**
     * The provenance of what is there, when it is what {@code identity} asks for and its files are as they were written.
     *
     * @throws BadInputException when it is not, saying in what
     */
    SortedMap<String, String> check(Map<String, String> identity) throws IOException {
        Optional<SortedMap<String, String>> found = Provenance.read(folder);
        if (found.isEmpty()) {
            throw new BadInputException(
                    folder + " exists, and has no " + Provenance.FILE + " that says what it is" + REMEDY);
        }
        SortedMap<String, String> provenance = found.get();
        for (Map.Entry<String, String> asked : identity.entrySet()) {
            String there = provenance.get(asked.getKey());
            if (!asked.getValue().equals(there)) {
                throw new BadInputException(folder + " exists, made with " + asked.getKey() + " = " + there
                        + " where now " + asked.getValue() + " is asked for" + REMEDY);
            }
        }
        for (String file : List.of(TRAIN, TEST)) {
            Path path = folder.resolve(file);
            if (!Files.isRegularFile(path)) {
                throw new BadInputException(folder + " exists, but without " + file + REMEDY);
            }
            String sha256 = new DigestUtils(DigestUtils.getSha256Digest()).digestAsHex(path.toFile());
            if (!sha256.equals(provenance.get(file + ".sha256"))) {
                throw new BadInputException(path + " is not as it was prepared: its SHA-256 is " + sha256 + ", its "
                        + Provenance.FILE + " says " + provenance.get(file + ".sha256") + REMEDY);
            }
            if (!provenance.containsKey(file + ".rows")) {
                throw new BadInputException(
                        folder.resolve(Provenance.FILE) + " does not say " + file + ".rows" + REMEDY);
            }
        }
        return provenance;
    }

    /** @throws BadInputException when replacing it would delete files that were not prepared */
    void checkReplaceable() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new BadInputException(folder + " is not a folder: move it away");
        }
        for (Path file : list(folder)) {
            if (!FILES.contains(file.getFileName().toString())) {
                throw new BadInputException(
                        file + " does not belong to a data set and would be lost: move it away first");
            }
        }
    }

    /**
     * Writes both files and their provenance, completely or not at all.
     *
     * @param replace whether what is there then is replaced; otherwise only an empty folder is
     * @throws java.nio.file.FileSystemException when another process has written there meanwhile; its files stay
     */
    SortedMap<String, String> write(Map<String, String> identity, boolean replace, Rows rows) throws IOException {
        SortedMap<String, String> provenance = new TreeMap<>(identity);
        AtomicOutput.Writer writer =
                (fs, temporary) -> write(fs, Path.of(fs.makeQualified(temporary).toUri()), provenance, rows);
        org.apache.hadoop.fs.Path target = AtomicOutput.local(folder);
        if (replace) {
            AtomicOutput.replaceFolder(target, new Configuration(false), writer);
        } else {
            Files.deleteIfExists(folder); // an empty one
            AtomicOutput.create(target, new Configuration(false), writer);
        }
        return provenance;
    }

    private static void write(FileSystem fs, Path temporary, SortedMap<String, String> provenance, Rows rows)
            throws IOException {
        fs.mkdirs(AtomicOutput.local(temporary));
        try (RowWriter train = new RowWriter(temporary.resolve(TRAIN));
                RowWriter test = new RowWriter(temporary.resolve(TEST))) {
            provenance.putAll(rows.write(train, test));
            put(provenance, TRAIN, train);
            put(provenance, TEST, test);
        }
        Provenance.write(temporary, provenance);
    }

    static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static void put(Map<String, String> provenance, String file, RowWriter written) throws IOException {
        provenance.put(file + ".columns", String.valueOf(written.width() + 1));
        provenance.put(file + ".rows", String.valueOf(written.rows()));
        provenance.put(file + ".sha256", written.sha256());
    }

    PreparedDataset prepared(SortedMap<String, String> provenance, boolean reused) {
        return new PreparedDataset(
                folder.getFileName().toString(), folder.resolve(TRAIN), folder.resolve(TEST), provenance, reused);
    }

    /** Fills both files; what it returns joins the provenance. */
    interface Rows {
        Map<String, String> write(RowWriter train, RowWriter test) throws IOException;
    }
}
