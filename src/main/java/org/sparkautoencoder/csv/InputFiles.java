package org.sparkautoencoder.csv;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** The files of a path, glob or folder, in the order of their paths, and how they are split into parts. */
final class InputFiles {
    private static final long LEAST_SPLIT = 1L << 20;
    private static final long MOST_SPLIT = 1L << 26;
    private static final int SPLITS_A_CORE = 3;

    private final Configuration conf;
    private final List<FileStatus> files;

    private InputFiles(Configuration conf, List<FileStatus> files) {
        this.conf = conf;
        this.files = files;
    }

    /** Finds the files; names that start with _ or . are passed over in folders, as Hadoop does. */
    static InputFiles list(Configuration conf, String text) {
        if (text.isBlank()) {
            throw new BadInputException("no path of a CSV file is given");
        }
        try {
            Path path = new Path(text);
            FileSystem files = path.getFileSystem(conf);
            List<FileStatus> found = new ArrayList<>();
            FileStatus[] matches = files.exists(path)
                    ? new FileStatus[] {files.getFileStatus(path)} // also where its name looks like a glob
                    : files.globStatus(path, child -> isVisible(child) || !isVisible(path));
            if (matches == null || matches.length == 0) {
                throw new BadInputException(
                        files.makeQualified(path) + " does not exist; name a CSV file, a folder of them or a glob");
            }
            for (FileStatus match : matches) {
                collect(files, match, found);
            }
            if (found.isEmpty()) {
                throw new BadInputException(
                        files.makeQualified(path) + " is a folder without files; name one with CSV files");
            }
            found.sort(Comparator.comparing(file -> file.getPath().toString()));
            return new InputFiles(conf, found);
        } catch (IOException | IllegalArgumentException e) {
            throw new BadInputException(text + " cannot be read: " + reason(e), e);
        }
    }

    private static void collect(FileSystem files, FileStatus status, List<FileStatus> found) throws IOException {
        if (status.isFile()) {
            found.add(status);
            return;
        }
        for (FileStatus child : files.listStatus(status.getPath(), InputFiles::isVisible)) {
            collect(files, child, found);
        }
    }

    private static boolean isVisible(Path path) {
        return !path.getName().startsWith("_") && !path.getName().startsWith(".");
    }

    /** What went wrong, on one line. */
    static String reason(Exception e) {
        String message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse(e.toString());
    }

    int count() {
        return files.size();
    }

    String path(int file) {
        return files.get(file).getPath().toString();
    }

    String[] paths() {
        return files.stream().map(file -> file.getPath().toString()).toArray(String[]::new);
    }

    /** The path as a person would write it. */
    String name(int file) {
        Path path = files.get(file).getPath();
        return "file".equals(path.toUri().getScheme()) ? path.toUri().getPath() : path.toString();
    }

    /**
     * The files cut into parts of about equal size, in order; small files share a part.
     *
     * @param parts at least so many where the files can be cut, 0 for a number that suits {@code cores}
     */
    List<List<InputSplit>> parts(int parts, int cores) {
        long total = files.stream().mapToLong(FileStatus::getLen).sum();
        long size = parts > 0
                ? Math.max(1, total / parts + Math.min(1, total % parts))
                : Math.min(MOST_SPLIT, Math.max(LEAST_SPLIT, total / ((long) SPLITS_A_CORE * cores) + 1));
        CompressionCodecFactory codecs = new CompressionCodecFactory(conf);
        List<List<InputSplit>> result = new ArrayList<>();
        List<InputSplit> open = new ArrayList<>();
        long openBytes = 0;
        for (int file = 0; file < files.size(); file++) {
            FileStatus status = files.get(file);
            boolean whole = codecs.getCodec(status.getPath()) != null;
            long start = 0;
            do {
                long end = whole ? status.getLen() : Math.min(status.getLen(), start + size);
                if (!open.isEmpty() && openBytes + end - start > size) {
                    result.add(open);
                    open = new ArrayList<>();
                    openBytes = 0;
                }
                open.add(new InputSplit(file, path(file), start, whole ? Long.MAX_VALUE : end));
                openBytes += end - start;
                start = end;
            } while (start < status.getLen());
        }
        result.add(open);
        return result;
    }

    /** The hosts that hold the first block of a part. */
    List<String> hosts(InputSplit split) throws IOException {
        FileStatus file = files.get(split.file());
        BlockLocation[] blocks = file.getPath().getFileSystem(conf).getFileBlockLocations(file, split.start(), 1);
        List<String> hosts = new ArrayList<>();
        if (blocks != null && blocks.length > 0) {
            hosts.addAll(Arrays.asList(blocks[0].getHosts()));
            hosts.remove("localhost"); // a local file's host, which is no executor's name
        }
        return hosts;
    }

    LineReader open(int file) throws IOException {
        return open(conf, new InputSplit(file, path(file), 0, Long.MAX_VALUE));
    }

    static boolean isCompressed(Configuration conf, String path) {
        return new CompressionCodecFactory(conf).getCodec(new Path(path)) != null;
    }

    /** Opens a part of a file at the first line that starts in it. */
    @SuppressWarnings("MustBeClosedChecker")
    static LineReader open(Configuration conf, InputSplit split) throws IOException {
        Path path = new Path(split.path());
        FSDataInputStream in = path.getFileSystem(conf).open(path);
        try {
            CompressionCodec codec = new CompressionCodecFactory(conf).getCodec(path);
            if (codec != null) {
                return new LineReader(Decompressed.open(codec, in), 0);
            }
            if (split.start() == 0) {
                return new LineReader(in, 0);
            }
            // A line that starts at the very first byte is ours: what ends before it is the line before.
            in.seek(split.start() - 1);
            LineReader lines = new LineReader(in, split.start() - 1);
            lines.advance();
            return lines;
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }
}
