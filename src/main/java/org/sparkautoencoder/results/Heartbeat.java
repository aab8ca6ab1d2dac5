package org.sparkautoencoder.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkautoencoder.csv.AtomicOutput;
import org.sparkautoencoder.csv.BadInputException;

/**
 * The sign that the process of a run, or of a sweep, is alive: {@code <out>/heartbeats/<id>.json}, written anew every few seconds
 * and removed at the end. It also keeps a second process from taking the same run. A run whose row says {@code running} and that
 * has no heartbeat, or one older than {@link #LIMIT}, has lost its process.
 */
public final class Heartbeat implements AutoCloseable {
    /** How old a heartbeat of a living process may be. */
    public static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final long INTERVAL_SECONDS = 5;
    private static final long CLOSE_SECONDS = 2;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FileSystem fs;
    private final Path file;
    private final String owner = UUID.randomUUID().toString();
    private final ScheduledExecutorService renewing;
    private volatile Runnable onLost = () -> {};
    private volatile boolean lost;

    private Heartbeat(FileSystem fs, Path file) {
        this.fs = fs;
        this.file = file;
        this.renewing = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "heartbeat " + file.getName());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Takes a run or a sweep for this process.
     *
     * @throws IllegalArgumentException for an invalid id
     * @throws BadInputException if another process that is alive has it
     */
    @SuppressWarnings("FutureReturnValueIgnored") // renew catches what is thrown
    public static Heartbeat begin(Path out, Configuration conf, String id) throws IOException {
        RunFolder.checkRunId(id);
        FileSystem fs = AtomicOutput.fileSystem(out, conf);
        Path file = file(fs, out, id);
        Heartbeat heartbeat = new Heartbeat(fs, file);
        Map<?, ?> other = read(fs, file);
        if (other != null) {
            if (isAlive(fs, file, other)) {
                throw taken(id, other);
            }
            // Of two processes that find it dead, one renames it.
            Path dead = new Path(file.getParent(), "." + file.getName() + "." + heartbeat.owner);
            if (fs.rename(file, dead)) {
                fs.delete(dead, false);
            }
        }
        try {
            heartbeat.create();
        } catch (FileAlreadyExistsException e) { // another process was faster
            throw taken(id, read(fs, file));
        }
        heartbeat.renewing.scheduleWithFixedDelay(
                heartbeat::renew, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
        return heartbeat;
    }

    private static BadInputException taken(String id, Map<?, ?> other) {
        String who = other == null || other.get("pid") == null
                ? "another process"
                : "process " + other.get("pid") + " on " + other.get("host");
        return new BadInputException(id + " is being trained by " + who + ": wait for its end, or give another id");
    }

    /** Whether a process that is alive has taken a run or a sweep. */
    public static boolean isAlive(Path out, Configuration conf, String id) throws IOException {
        return isAlive(AtomicOutput.fileSystem(out, conf), out, id);
    }

    static boolean isAlive(FileSystem fs, Path out, String id) throws IOException {
        Path file = file(fs, out, id);
        Map<?, ?> other = read(fs, file);
        return other != null && isAlive(fs, file, other);
    }

    private static Path file(FileSystem fs, Path out, String id) {
        return fs.makeQualified(new Path(new Path(out, "heartbeats"), id + ".json"));
    }

    // On this machine the process can be asked for; on another one its file must be young.
    private static boolean isAlive(FileSystem fs, Path file, Map<?, ?> other) throws IOException {
        if (host().equals(other.get("host")) && other.get("pid") instanceof Number pid) {
            return ProcessHandle.of(pid.longValue())
                    .flatMap(process -> process.info().startInstant())
                    .map(start -> String.valueOf(start).equals(other.get("process_start")))
                    .orElse(false);
        }
        try {
            Instant written = Instant.ofEpochMilli(fs.getFileStatus(file).getModificationTime());
            return written.isAfter(Instant.now().minus(LIMIT));
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    // Null if there is none; empty where it is just being written.
    private static Map<?, ?> read(FileSystem fs, Path file) throws IOException {
        try (FSDataInputStream in = fs.open(file)) {
            byte[] bytes = in.readAllBytes();
            return bytes.length == 0 ? Map.of() : JSON.readValue(bytes, Map.class);
        } catch (FileNotFoundException e) {
            return null;
        } catch (JsonProcessingException e) {
            return Map.of();
        }
    }

    private void create() throws IOException {
        fs.mkdirs(file.getParent());
        if (fs instanceof RawLocalFileSystem local) { // Hadoop's own looks first and creates then
            Files.write(local.pathToFile(file).toPath(), content(), StandardOpenOption.CREATE_NEW);
        } else {
            try (OutputStream out = fs.create(file, false)) {
                out.write(content());
            } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
                throw new FileAlreadyExistsException(file.toString());
            }
        }
    }

    private byte[] content() throws IOException {
        ProcessHandle process = ProcessHandle.current();
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("owner", owner);
        content.put("host", host());
        content.put("pid", process.pid());
        content.put(
                "process_start", String.valueOf(process.info().startInstant().orElse(null)));
        content.put("written", Instant.now().toString());
        return JSON.writeValueAsString(content).getBytes(StandardCharsets.UTF_8);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    private void renew() {
        try {
            Map<?, ?> found = read(fs, file);
            if (found != null && found.containsKey("owner") && !owner.equals(found.get("owner"))) {
                LOG.error(
                        "process {} on {} has taken over what this one was doing ({})",
                        found.get("pid"),
                        found.get("host"),
                        file.getName());
                lost = true;
                renewing.shutdown();
                onLost.run();
                return;
            }
            try (OutputStream out = fs.create(file, true)) {
                out.write(content());
            }
        } catch (IOException | RuntimeException | FSError e) { // of a full disk too
            LOG.debug("the heartbeat {} cannot be written", file, e); // the next one may be
        }
    }

    /** Sets what is done when another process has taken over, which can happen when this one stood still. */
    public void onLost(Runnable action) {
        onLost = action;
    }

    /** Whether another process has taken over. */
    public boolean isLost() {
        return lost;
    }

    /** Ends it: the run is at its end, or this process has done with it. */
    @Override
    public void close() {
        renewing.shutdown();
        try {
            renewing.awaitTermination(
                    CLOSE_SECONDS, TimeUnit.SECONDS); // a file system that hangs does not hold up the end
            if (!lost) {
                fs.delete(file, false);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.debug("the heartbeat {} cannot be removed", file, e);
        }
    }
}
