package org.sparkautoencoder.report;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** A small grey picture as a data URI. */
final class Png {
    // PNG (ISO/IEC 15948): signature, then chunks of length, type, data and CRC-32 of type and data. IHDR holds width,
    // height, bits a sample (8), colour type (0, grey), and three zeros; IDAT the deflated lines, each after the number
    // of its filter (0, none).
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private Png() {}

    /**
     * Black where a pixel is {@code low}, white where it is {@code high}; all grey where these are the same.
     *
     * @param pixels line by line from the top
     */
    static String dataUri(float[] pixels, int width, float low, float high) {
        int height = pixels.length / width;
        byte[] lines = new byte[height * (width + 1)];
        for (int i = 0; i < pixels.length; i++) {
            float grey = high > low ? Math.min(1, Math.max(0, (pixels[i] - low) / (high - low))) : 0.5f;
            lines[i + i / width + 1] = (byte) Math.round(255 * grey);
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(SIGNATURE);
        chunk(
                png,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) 8)
                        .array());
        chunk(png, "IDAT", deflated(lines));
        chunk(png, "IEND", new byte[0]);
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[1024];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        png.writeBytes(ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(name)
                .put(data)
                .putInt((int) crc.getValue())
                .array());
    }
}
