package org.sparkautoencoder.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A small grey picture as a data URI. */
final class Png {
    private Png() {}

    /**
     * Black where a pixel is {@code low}, white where it is {@code high}; grey if these are equal.
     *
     * @param pixels line by line from the top
     */
    static String dataUri(float[] pixels, int width, float low, float high) {
        BufferedImage image = new BufferedImage(width, pixels.length / width, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < pixels.length; i++) {
            float grey = high > low ? Math.min(1, Math.max(0, (pixels[i] - low) / (high - low))) : 0.5f;
            image.getRaster().setSample(i % width, i / width, 0, Math.round(255 * grey));
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(png)) {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot happen in memory
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
    }
}
