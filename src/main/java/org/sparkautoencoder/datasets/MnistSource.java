package org.sparkautoencoder.datasets;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.sparkautoencoder.csv.AtomicOutput;
import org.sparkautoencoder.csv.BadInputException;

/**
 * Finds MNIST's files: in the sources that were given, else in the cache folder, else at the public mirrors. What it
 * hands out has the right SHA-256; what it downloads stays in the cache folder. One thread uses it.
 */
final class MnistSource {
    private final List<String> places;
    private final Path cache;
    private final Download download;
    private final Consumer<String> progress;

    /** A file's content and the place it came from. */
    record Found(IdxArray array, String location) {}

    /**
     * The time limit for everything together starts now.
     *
     * @param cache where downloads stay, and where files that the user put there are found
     * @param progress takes one line of text for each thing that takes its time
     */
    MnistSource(MnistSettings settings, Path cache, Consumer<String> progress) {
        this.places = new ArrayList<>(settings.sources());
        if (places.isEmpty()) {
            places.add(cache.toString());
            settings.mirrors().forEach(mirror -> places.add(mirror.toString()));
        }
        this.cache = cache;
        this.download = new Download(settings.limits());
        this.progress = progress;
    }

    /** @throws MnistUnavailableException with every place's reason, when none has the file as it should be */
    Found find(MnistFile file) {
        List<String> reasons = new ArrayList<>();
        IOException last = null;
        for (String place : List.copyOf(places)) {
            try {
                Found found = isUrl(place) ? fromUrl(file, place) : fromFolder(file, place);
                places.remove(place); // the next file is asked for here first, and not at a server that hangs
                places.add(0, place);
                return found;
            } catch (IOException e) {
                reasons.add(e.getMessage());
                last = e;
            }
            if (download.isOver()) {
                break;
            }
        }
        throw new MnistUnavailableException(
                "MNIST's " + file.fileName() + " is not to be had: " + String.join("; ", reasons)
                        + ". Put MNIST's files (.gz or plain) into " + cache
                        + ", or name a folder or URL that holds them with --source",
                last);
    }

    private static boolean isUrl(String place) {
        String lower = place.toLowerCase(Locale.ROOT);
        return lower.startsWith("http://") || lower.startsWith("https://");
    }

    private Found fromFolder(MnistFile file, String place) throws IOException {
        Path folder;
        try {
            folder = place.startsWith("file:") ? Path.of(URI.create(place)) : Path.of(place);
        } catch (IllegalArgumentException e) {
            throw new IOException(place + " is neither a folder nor an http(s) URL", e);
        }
        if (!Files.isDirectory(folder)) {
            throw new IOException(place + " is not a folder");
        }
        for (String suffix : List.of(".gz", "")) {
            Path path = folder.resolve(file.fileName() + suffix);
            if (Files.isRegularFile(path)) {
                byte[] bytes;
                try {
                    bytes = Files.readAllBytes(path);
                } catch (IOException e) {
                    throw new IOException(path + " cannot be read (" + e + ")", e);
                }
                return new Found(verified(file, path.toString(), bytes), path.toString());
            }
        }
        throw new IOException(place + " has no " + file.fileName() + "[.gz]");
    }

    private Found fromUrl(MnistFile file, String place) throws IOException {
        String prefix = place.endsWith("/") ? place : place + "/";
        int status = 0;
        for (String suffix : List.of(".gz", "")) {
            String url = prefix + file.fileName() + suffix;
            progress.accept("downloading " + url);
            Download.Answer answer;
            try {
                // stored gzip blocks make a file at most slightly longer
                answer = download.get(URI.create(url), file.size() + file.size() / 100 + 1024);
            } catch (IOException | IllegalArgumentException e) {
                throw new IOException(url + ": " + e.getMessage(), e);
            }
            if (answer.status() == Download.OK) {
                IdxArray array = verified(file, url, answer.body());
                keep(file, answer.body());
                return new Found(array, url);
            }
            status = answer.status();
        }
        throw new IOException(prefix + file.fileName() + "[.gz]: the server answers " + status);
    }

    private static IdxArray verified(MnistFile file, String location, byte[] bytes) throws IOException {
        byte[] content;
        try {
            content = Gzip.plain(bytes, file.size());
        } catch (IOException e) {
            throw new IOException(location + " " + e.getMessage(), e);
        }
        IdxArray array;
        try {
            array = IdxArray.parse(location, content, file.dimensions());
        } catch (BadInputException e) {
            throw new IOException(e.getMessage(), e);
        }
        String sha256 = DigestUtils.sha256Hex(content);
        if (!sha256.equals(file.sha256())) {
            throw new IOException(location + " is not MNIST's: its uncompressed bytes have SHA-256 " + sha256
                    + " where MNIST's have " + file.sha256());
        }
        return array;
    }

    /** A cache that cannot be written costs the next download, not this run. */
    private void keep(MnistFile file, byte[] bytes) {
        Path target = cache.resolve(file.fileName() + (Gzip.isGzip(bytes) ? ".gz" : ""));
        if (Files.exists(target)) {
            return;
        }
        try {
            Files.createDirectories(cache);
            AtomicOutput.replaceFile(AtomicOutput.local(target), new Configuration(false), (fs, temporary) -> {
                try (OutputStream out = fs.create(temporary)) {
                    out.write(bytes);
                }
            });
        } catch (IOException e) {
            progress.accept("could not keep the download as " + target + ": " + e);
        }
    }
}
