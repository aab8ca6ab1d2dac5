package org.sparkautoencoder.csv;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
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
import org.apache.hadoop.io.compress.BZip2Codec;
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
    static String reason(Throwable e) {
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
    List<List<Split>> parts(int parts, int cores) {
        long total = files.stream().mapToLong(FileStatus::getLen).sum();
        long size = parts > 0
                ? Math.max(1, total / parts + Math.min(1, total % parts))
                : Math.min(MOST_SPLIT, Math.max(LEAST_SPLIT, total / ((long) SPLITS_A_CORE * cores) + 1));
        CompressionCodecFactory codecs = new CompressionCodecFactory(conf);
        List<List<Split>> result = new ArrayList<>();
        List<Split> open = new ArrayList<>();
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
                open.add(new Split(file, path(file), start, whole ? Long.MAX_VALUE : end));
                openBytes += end - start;
                start = end;
            } while (start < status.getLen());
        }
        result.add(open);
        return result;
    }

    /** The hosts that hold the first block of a part. */
    List<String> hosts(Split split) throws IOException {
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
        return open(conf, new Split(file, path(file), 0, Long.MAX_VALUE));
    }

    /** What a setting says that the files are, else what the name or the first bytes of the first say. */
    CsvSettings.FileFormat format(CsvSettings.FileFormat setting) {
        CsvSettings.FileFormat named = setting.of(path(0));
        if (setting != CsvSettings.FileFormat.AUTO || named != CsvSettings.FileFormat.CSV) {
            return named;
        }
        try (LineReader lines = open(0)) {
            byte[] head = lines.head();
            String found = FileSignature.describe(head, head.length);
            return FileSignature.PARQUET.equals(found)
                    ? CsvSettings.FileFormat.PARQUET
                    : FileSignature.LIBSVM.equals(found) ? CsvSettings.FileFormat.LIBSVM : named;
        } catch (IOException e) {
            return named; // reading it as CSV reports the error
        }
    }

    /**
     * Opens a file for the first time.
     *
     * @throws BadInputException if it is no CSV text
     */
    @SuppressWarnings("MustBeClosedChecker")
    LineReader openText(int file) throws IOException {
        LineReader lines = open(file);
        try {
            byte[] head = lines.head();
            String found = FileSignature.describe(head, head.length);
            if (found != null) {
                throw new BadInputException("it " + found);
            }
            return lines;
        } catch (IOException | RuntimeException e) {
            lines.close();
            throw e;
        }
    }

    static boolean isCompressed(Configuration conf, String path) {
        return new CompressionCodecFactory(conf).getCodec(new Path(path)) != null;
    }

    /** Opens a part of a file at the first line that starts in it. */
    @SuppressWarnings("MustBeClosedChecker")
    static LineReader open(Configuration conf, Split split) throws IOException {
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

    /** A stretch of a file: the lines that start in it. */
    static final class Split implements Serializable {
        private static final long serialVersionUID = 1L;

        private final int file;
        private final String path;
        private final long start;
        private final long end;

        /**
         * @param file the file's place in the order of paths, from 0
         * @param start the first byte
         * @param end after the last byte; {@link Long#MAX_VALUE} for a compressed file, which is never cut
         */
        Split(int file, String path, long start, long end) {
            this.file = file;
            this.path = path;
            this.start = start;
            this.end = end;
        }

        int file() {
            return file;
        }

        String path() {
            return path;
        }

        long start() {
            return start;
        }

        long end() {
            return end;
        }
    }

    /** A compressed file's content. Any error of the decoder becomes an IOException. */
    private static final class Decompressed extends FilterInputStream {
        // Hadoop's bzip2 decoder searches for the first block's mark, and takes a file without one for empty.
        private static final byte[] BZIP2_BLOCK = {0x31, 0x41, 0x59, 0x26, 0x53, 0x59};
        private static final byte[] BZIP2_END = {0x17, 0x72, 0x45, 0x38, 0x50, (byte) 0x90};
        private static final int BZIP2_HEADER = 4; // "BZh" and the size of a block

        private Decompressed(InputStream plain) {
            super(plain);
        }

        static InputStream open(CompressionCodec codec, FSDataInputStream in) throws IOException {
            if (codec instanceof BZip2Codec) {
                requireBzip2(in);
            }
            try {
                return new Decompressed(codec.createInputStream(in));
            } catch (RuntimeException e) { // of a codec whose native library is not there
                throw new IOException(InputFiles.reason(e) + " (use gzip or bzip2, or no compression)", e);
            }
        }

        private static void requireBzip2(FSDataInputStream in) throws IOException {
            byte[] head = in.readNBytes(BZIP2_HEADER + BZIP2_BLOCK.length);
            in.seek(0);
            byte[] mark = Arrays.copyOfRange(head, Math.min(BZIP2_HEADER, head.length), head.length);
            boolean known = Arrays.equals(mark, BZIP2_BLOCK) || Arrays.equals(mark, BZIP2_END);
            if (!known || head[0] != 'B' || head[1] != 'Z' || head[2] != 'h') {
                throw new IOException("not a bzip2 file, or damaged");
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return in.read(bytes, offset, length);
            } catch (IndexOutOfBoundsException e) { // bzip2's way to say that the data make no sense
                throw new IOException("the compressed data are invalid", e);
            }
        }
    }
}
