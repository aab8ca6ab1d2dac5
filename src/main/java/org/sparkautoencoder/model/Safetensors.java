package org.sparkautoencoder.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sparkautoencoder.kernel.Layers;

/**
 * Arrays that are laid out as a network's parameters, as the tensors W1, b1, W2, ... of float32 in the format of
 * github.com/huggingface/safetensors: the header's length, the header as JSON padded with spaces to 8 bytes, the values.
 */
public final class Safetensors {
    private static final String METADATA = "__metadata__";
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Safetensors() {}

    /**
     * A file of one or several arrays.
     *
     * @param metadata first in the header, in this order; empty for none
     * @param arrays by the prefix of their tensors' names, in this order
     */
    public static byte[] write(Map<String, String> metadata, Layers layers, Map<String, float[]> arrays) {
        Map<String, Object> entries = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            entries.put(METADATA, metadata);
        }
        int begin = 0;
        for (String prefix : arrays.keySet()) {
            entries.putAll(tensors(prefix, layers, begin));
            begin += 4 * layers.parameters();
        }
        byte[] header = json(entries);
        int padded = (header.length + 7) / 8 * 8;
        ByteBuffer file = ByteBuffer.allocate(8 + padded + begin).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(padded).put(header).put(" ".repeat(padded - header.length).getBytes(StandardCharsets.US_ASCII));
        for (float[] values : arrays.values()) {
            file.asFloatBuffer().put(values);
            file.position(file.position() + 4 * values.length);
        }
        return file.array();
    }

    /**
     * The arrays of a file, by their prefixes.
     *
     * @param name of the file, for messages
     * @throws IOException if it does not hold them
     */
    public static float[][] read(String name, byte[] bytes, Layers layers, String... prefixes) throws IOException {
        int header = headerLength(name, bytes);
        long values = (long) layers.parameters() * prefixes.length;
        if (header + 8 + 4 * values != bytes.length) {
            throw new IOException(name + " does not hold the parameters of layers " + layers);
        }
        Map<?, ?> entries = header(name, bytes);
        for (int i = 0; i < prefixes.length; i++) {
            for (Map.Entry<String, Object> expected :
                    tensors(prefixes[i], layers, 4 * layers.parameters() * i).entrySet()) {
                Object found = entries.get(expected.getKey());
                if (!JSON.valueToTree(expected.getValue()).equals(JSON.valueToTree(found))) {
                    throw new IOException(name + " has no tensor " + expected.getKey() + " like " + expected.getValue()
                            + " but " + found);
                }
            }
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        float[][] arrays = new float[prefixes.length][layers.parameters()];
        for (int i = 0; i < arrays.length; i++) {
            buffer.position(8 + header + 4 * layers.parameters() * i);
            buffer.asFloatBuffer().get(arrays[i]);
        }
        return arrays;
    }

    /**
     * The metadata of a file.
     *
     * @throws IOException if it has none
     */
    public static Map<?, ?> metadata(String name, byte[] bytes) throws IOException {
        if (header(name, bytes).get(METADATA) instanceof Map<?, ?> metadata) {
            return metadata;
        }
        throw new IOException(name + " has no " + METADATA);
    }

    /** The values as little-endian float32. */
    static byte[] bytes(float[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values);
        return buffer.array();
    }

    private static int headerLength(String name, byte[] bytes) throws IOException {
        long length = bytes.length < 8
                ? -1
                : ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 2 || length > bytes.length - 8) {
            throw new IOException(name + " is no file in the format safetensors, or only its beginning");
        }
        return (int) length;
    }

    private static Map<?, ?> header(String name, byte[] bytes) throws IOException {
        try {
            return JSON.readValue(bytes, 8, headerLength(name, bytes), LinkedHashMap.class);
        } catch (JsonProcessingException e) {
            throw new IOException(name + " is damaged: " + e.getOriginalMessage(), e);
        }
    }

    private static byte[] json(Map<String, Object> entries) {
        try {
            return JSON.writeValueAsBytes(entries);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    // In bytes from the first value.
    private static Map<String, Object> tensors(String prefix, Layers layers, int begin) {
        Map<String, Object> tensors = new LinkedHashMap<>();
        for (int l = 1; l <= layers.depth(); l++) {
            int weights = begin + 4 * layers.weights(l);
            int biases = begin + 4 * layers.biases(l);
            tensors.put(prefix + "W" + l, tensor(weights, biases, layers.size(l), layers.size(l - 1)));
            tensors.put(prefix + "b" + l, tensor(biases, biases + 4 * layers.size(l), layers.size(l)));
        }
        return tensors;
    }

    private static Map<String, Object> tensor(int begin, int end, int... shape) {
        Map<String, Object> tensor = new LinkedHashMap<>();
        tensor.put("dtype", "F32");
        tensor.put("shape", shape);
        tensor.put("data_offsets", new int[] {begin, end});
        return tensor;
    }
}
