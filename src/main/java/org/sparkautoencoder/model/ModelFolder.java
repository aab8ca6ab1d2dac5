package org.sparkautoencoder.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.sparkautoencoder.csv.AtomicOutput;
import org.sparkautoencoder.kernel.Layers;

/**
 * A trained network as a folder: {@code model.safetensors} with the tensors W1, b1, W2, ... as float32, and
 * {@code model.json} with layers, activations, settings and provenance. Appears completely or not at all.
 */
public final class ModelFolder {
    private static final String TENSORS = "model.safetensors";
    private static final String DESCRIPTION = "model.json";
    private static final String CHECKSUM = "weights_sha256";
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private ModelFolder() {}

    /**
     * Writes a new model.
     *
     * @param about further entries of model.json: settings and provenance
     * @throws FileAlreadyExistsException if there is one already
     */
    public static void write(
            Path folder, Configuration conf, Layers layers, float[] parameters, Map<String, Object> about)
            throws IOException {
        AtomicOutput.create(folder, conf, writer(layers, parameters, about));
    }

    /** Writes a model, in the place of the one of an earlier end of the same run if there is one. */
    public static void replace(
            Path folder, Configuration conf, Layers layers, float[] parameters, Map<String, Object> about)
            throws IOException {
        AtomicOutput.replaceFolder(folder, conf, writer(layers, parameters, about));
    }

    private static AtomicOutput.Writer writer(Layers layers, float[] parameters, Map<String, Object> about) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("layers", layers.sizes());
        description.put(CHECKSUM, sha256(parameters));
        description.putAll(about);
        return (fs, temporary) -> {
            try (OutputStream out = fs.create(new Path(temporary, TENSORS))) {
                out.write(Safetensors.write(Map.of(), layers, Map.of("", parameters)));
            }
            try (OutputStream out = fs.create(new Path(temporary, DESCRIPTION))) {
                out.write(JSON.writeValueAsBytes(description));
            }
        };
    }

    /** What model.json says. */
    public static Map<String, Object> describe(Path folder, Configuration conf) throws IOException {
        try (FSDataInputStream in = open(folder, conf, DESCRIPTION)) {
            byte[] bytes = in.readAllBytes();
            return json(folder + "/" + DESCRIPTION, bytes, 0, bytes.length);
        }
    }

    /**
     * The network of a model.
     *
     * @throws IOException if its sizes are not at least two whole numbers above 0
     */
    public static Layers layers(Map<String, Object> description) throws IOException {
        if (description.get("layers") instanceof List<?> sizes
                && sizes.stream().allMatch(size -> size instanceof Integer number && number > 0)
                && sizes.size() > 1) {
            return new Layers(sizes.stream().mapToInt(size -> (Integer) size).toArray());
        }
        throw new IOException("its " + DESCRIPTION + " gives the layers " + description.get("layers"));
    }

    /**
     * The parameters of a model, as they lie in memory.
     *
     * @param description of the model
     * @throws IOException if they are not those that the description tells of
     */
    public static float[] parameters(Path folder, Configuration conf, Map<String, Object> description)
            throws IOException {
        float[] parameters = parameters(folder, conf, layers(description));
        Object expected = description.get(CHECKSUM);
        if (!sha256(parameters).equals(expected)) {
            throw new IOException(folder + "/" + TENSORS + " is damaged: its weights have the SHA-256 "
                    + sha256(parameters) + ", " + DESCRIPTION + " says " + expected
                    + "; copy the model again from where it was written");
        }
        for (float parameter : parameters) {
            if (!Float.isFinite(parameter)) {
                throw new IOException(folder + "/" + TENSORS + " holds a weight that is no number: " + parameter);
            }
        }
        return parameters;
    }

    private static float[] parameters(Path folder, Configuration conf, Layers layers) throws IOException {
        try (FSDataInputStream in = open(folder, conf, TENSORS)) {
            return Safetensors.read(folder + "/" + TENSORS, in.readAllBytes(), layers, "")[0];
        }
    }

    /** The SHA-256 of parameters as little-endian float32, in hex. */
    public static String sha256(float[] parameters) {
        return DigestUtils.sha256Hex(Safetensors.bytes(parameters));
    }

    private static Map<String, Object> json(String file, byte[] bytes, int from, int length) throws IOException {
        try {
            @SuppressWarnings("unchecked") // a JSON object
            Map<String, Object> object = JSON.readValue(bytes, from, length, LinkedHashMap.class);
            return object;
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is damaged: " + e.getOriginalMessage(), e);
        }
    }

    private static FSDataInputStream open(Path folder, Configuration conf, String file) throws IOException {
        try {
            return folder.getFileSystem(conf).open(new Path(folder, file));
        } catch (FileNotFoundException e) {
            throw new IOException(folder + " is not a model: it has no " + file, e);
        }
    }
}
