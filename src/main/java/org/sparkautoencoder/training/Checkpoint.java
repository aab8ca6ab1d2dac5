package org.sparkautoencoder.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.sparkautoencoder.kernel.Layers;
import org.sparkautoencoder.kernel.Snapshot;
import org.sparkautoencoder.model.Safetensors;

/**
 * All that a training goes on with: to the same bits as if it had not stopped.
 *
 * @param snapshot the state after its last whole epoch
 * @param errors the training error of each epoch so far, which the stop rule looks at
 * @param unwritten epochs that may be missing in the table of epochs, which is written every few seconds
 * @param attempts the number of attempts so far
 * @param about what the run is; empty for a training that has not begun
 */
public record Checkpoint(
        Snapshot snapshot, List<Double> errors, List<Epoch> unwritten, int attempts, Map<String, Object> about) {
    private static final String CHECKSUM = "sha256";
    private static final String PLACE = "checkpoint";
    private static final String VELOCITY = "velocity.";
    private static final ObjectMapper JSON = new ObjectMapper();

    // The file begins with the length of the header, and the header with the checksum.
    private static final byte[] BEFORE_CHECKSUM =
            ("{\"__metadata__\":{\"" + CHECKSUM + "\":\"").getBytes(StandardCharsets.US_ASCII);
    private static final int CHECKSUM_BEGIN = 8 + BEFORE_CHECKSUM.length;
    private static final int CHECKSUM_END = CHECKSUM_BEGIN + 64;
    private static final String NO_CHECKSUM = "0".repeat(64);

    public Checkpoint {
        errors = List.copyOf(errors);
        unwritten = List.copyOf(unwritten);
        if (errors.size() != snapshot.epochs() || attempts < 0) {
            throw new IllegalArgumentException("a checkpoint after " + snapshot.epochs() + " epochs with the errors of "
                    + errors.size() + " and " + attempts + " attempts");
        }
    }

    /** That of a training that has not begun. */
    public static Checkpoint initial(float[] parameters) {
        return new Checkpoint(Snapshot.initial(parameters), List.of(), List.of(), 0, Map.of());
    }

    /**
     * As a file in the format safetensors: parameters, velocity, and in its metadata the SHA-256 of the whole file, computed with
     * zeros in its own place, and the rest as JSON.
     */
    byte[] write(Layers layers) {
        Map<String, Object> place = new LinkedHashMap<>();
        place.put("epochs", snapshot.epochs());
        place.put("errors", errors);
        place.put("unwritten", unwritten);
        place.put("attempts", attempts);
        place.put("layers", layers.sizes());
        place.put("about", about);
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(CHECKSUM, NO_CHECKSUM);
        metadata.put(PLACE, json(place));
        Map<String, float[]> arrays = new LinkedHashMap<>();
        arrays.put("", snapshot.parameters());
        arrays.put(VELOCITY, snapshot.velocity());
        byte[] file = Safetensors.write(metadata, layers, arrays);
        byte[] checksum = DigestUtils.sha256Hex(file).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(checksum, 0, file, CHECKSUM_BEGIN, checksum.length);
        return file;
    }

    /**
     * Reads a file.
     *
     * @param name of the file, for messages
     * @throws IOException if anything in it is not as it was written
     */
    static Checkpoint read(String name, byte[] file) throws IOException {
        if (file.length < CHECKSUM_END
                || !Arrays.equals(file, 8, CHECKSUM_BEGIN, BEFORE_CHECKSUM, 0, BEFORE_CHECKSUM.length)) {
            throw new IOException(name + " is no checkpoint");
        }
        byte[] zeroed = file.clone();
        System.arraycopy(NO_CHECKSUM.getBytes(StandardCharsets.US_ASCII), 0, zeroed, CHECKSUM_BEGIN, 64);
        String expected = new String(file, CHECKSUM_BEGIN, 64, StandardCharsets.US_ASCII);
        if (!DigestUtils.sha256Hex(zeroed).equals(expected)) {
            throw new IOException(name + " is damaged: its SHA-256 is another than when it was written");
        }
        try {
            Map<?, ?> place = JSON.readValue(
                    String.valueOf(Safetensors.metadata(name, file).get(PLACE)), Map.class);
            List<Double> errors = new ArrayList<>();
            for (Object error : (List<?>) place.get("errors")) {
                errors.add(((Number) error).doubleValue());
            }
            List<Epoch> unwritten = JSON.convertValue(place.get("unwritten"), new TypeReference<List<Epoch>>() {});
            Layers layers = new Layers(((List<?>) place.get("layers"))
                    .stream().mapToInt(size -> ((Number) size).intValue()).toArray());
            float[][] arrays = Safetensors.read(name, file, layers, "", VELOCITY);
            @SuppressWarnings("unchecked") // a JSON object
            Map<String, Object> about = (Map<String, Object>) place.get("about");
            return new Checkpoint(
                    new Snapshot(((Number) place.get("epochs")).intValue(), arrays[0], arrays[1]),
                    errors,
                    unwritten,
                    ((Number) place.get("attempts")).intValue(),
                    about);
        } catch (ClassCastException | NullPointerException | IllegalArgumentException e) {
            throw new IOException(name + " was written by another version of this program", e);
        }
    }

    private static String json(Map<String, Object> place) {
        try {
            return JSON.writeValueAsString(place);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
