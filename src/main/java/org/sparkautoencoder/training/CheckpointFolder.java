package org.sparkautoencoder.training;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkautoencoder.csv.AtomicOutput;
import org.sparkautoencoder.kernel.Layers;

/** The checkpoints of a run: {@code epoch-NNNNNNNN.safetensors}, each of which appears whole or not at all. */
public final class CheckpointFolder {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointFolder.class);
    private static final Pattern NAME = Pattern.compile("epoch-\\d{8}\\.safetensors");
    private static final int KEPT = 2;

    private final Path path;
    private final Configuration conf;
    private final FileSystem fs;

    private CheckpointFolder(Path path, Configuration conf) throws IOException {
        this.conf = conf;
        this.fs = AtomicOutput.fileSystem(path, conf);
        this.path = fs.makeQualified(path);
    }

    /** The folder at a path, which may be absent. */
    public static CheckpointFolder at(Path path, Configuration conf) throws IOException {
        return new CheckpointFolder(path, conf);
    }

    public Path path() {
        return path;
    }

    /** When the newest was written, in milliseconds; 0 if there is none. */
    public long newestTime() throws IOException {
        List<FileStatus> files = files();
        return files.isEmpty() ? 0 : files.get(0).getModificationTime();
    }

    /**
     * The newest checkpoint that is whole; null if there is none at all. Says so where it is not the newest file.
     *
     * @throws IOException if there are files, and none is whole
     */
    public Checkpoint newest() throws IOException {
        List<FileStatus> files = files();
        for (int i = 0; i < files.size(); i++) {
            Path file = files.get(i).getPath();
            try (FSDataInputStream in = fs.open(file)) {
                return Checkpoint.read(file.toString(), in.readAllBytes());
            } catch (IOException e) {
                if (i + 1 == files.size()) {
                    throw e;
                }
                LOG.warn("{}; the checkpoint before it is taken", e.getMessage());
            }
        }
        return null;
    }

    /** Writes a checkpoint, and removes those before the last two. */
    void write(Checkpoint checkpoint, Layers layers) throws IOException {
        byte[] bytes = checkpoint.write(layers);
        String name = String.format(
                Locale.ROOT, "epoch-%08d.safetensors", checkpoint.snapshot().epochs());
        AtomicOutput.replaceFile(new Path(path, name), conf, (files, temporary) -> {
            try (OutputStream out = files.create(temporary)) {
                out.write(bytes);
            }
        });
        List<FileStatus> all = files();
        for (FileStatus old : all.subList(Math.min(KEPT, all.size()), all.size())) {
            fs.delete(old.getPath(), false);
        }
    }

    /** Removes all. */
    public void delete() throws IOException {
        fs.delete(path, true);
    }

    // The newest first.
    private List<FileStatus> files() throws IOException {
        List<FileStatus> files = new ArrayList<>();
        try {
            Arrays.stream(fs.listStatus(path))
                    .filter(FileStatus::isFile)
                    .filter(file -> NAME.matcher(file.getPath().getName()).matches())
                    .sorted(Comparator.comparing(
                                    (FileStatus file) -> file.getPath().getName())
                            .reversed())
                    .forEach(files::add);
        } catch (FileNotFoundException e) {
            return files;
        }
        return files;
    }
}
