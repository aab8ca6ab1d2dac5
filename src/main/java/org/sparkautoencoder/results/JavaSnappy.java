package org.sparkautoencoder.results;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.snappy.SnappyCompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xerial.snappy.SnappyApi;
import org.xerial.snappy.SnappyLoader;

/** Snappy in Java, for the parquet files of this program and of Spark where no native library can be loaded. */
public final class JavaSnappy implements SnappyApi {
    private static final Logger LOG = LoggerFactory.getLogger(JavaSnappy.class);

    JavaSnappy() {}

    /** Puts it in the place of the native one, before the first use of either. */
    public static void install() {
        try {
            Method set = SnappyLoader.class.getDeclaredMethod("setSnappyApi", SnappyApi.class);
            set.setAccessible(true);
            set.invoke(null, new JavaSnappy());
        } catch (ReflectiveOperationException e) {
            LOG.debug("another snappy-java, which needs its native library", e);
        }
    }

    @Override
    public int maxCompressedLength(int length) {
        return new SnappyCompressor().maxCompressedLength(length);
    }

    @Override
    public int rawCompress(ByteBuffer input, int from, int length, ByteBuffer output, int to) throws IOException {
        byte[] compressed = new byte[maxCompressedLength(length)];
        int size = rawCompress(bytes(input, from, length), 0, length, compressed, 0);
        put(compressed, size, output, to);
        return size;
    }

    @Override
    public int rawCompress(Object input, int from, int length, Object output, int to) throws IOException {
        byte[] compressed = array(output);
        return new SnappyCompressor().compress(array(input), from, length, compressed, to, compressed.length - to);
    }

    @Override
    public int rawUncompress(ByteBuffer input, int from, int length, ByteBuffer output, int to) throws IOException {
        byte[] compressed = bytes(input, from, length);
        byte[] plain = new byte[uncompressedLength(compressed, 0, length)];
        int size = rawUncompress(compressed, 0, length, plain, 0);
        put(plain, size, output, to);
        return size;
    }

    @Override
    public int rawUncompress(Object input, int from, int length, Object output, int to) throws IOException {
        byte[] plain = array(output);
        try {
            return new SnappyDecompressor().decompress(array(input), from, length, plain, to, plain.length - to);
        } catch (MalformedInputException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public int uncompressedLength(ByteBuffer input, int from, int length) throws IOException {
        return uncompressedLength(bytes(input, from, length), 0, length);
    }

    @Override
    public int uncompressedLength(Object input, int from, int length) throws IOException {
        try {
            return SnappyDecompressor.getUncompressedLength(array(input), from);
        } catch (MalformedInputException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public boolean isValidCompressedBuffer(ByteBuffer input, int from, int length) throws IOException {
        return isValidCompressedBuffer(bytes(input, from, length), 0, length);
    }

    @Override
    public boolean isValidCompressedBuffer(Object input, int from, int length) {
        try {
            rawUncompress(input, from, length, new byte[uncompressedLength(input, from, length)], 0);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void arrayCopy(Object from, int at, int length, Object to, int into) throws IOException {
        System.arraycopy(array(from), at, array(to), into, length);
    }

    @Override
    public long rawCompress(long input, long length, long output) {
        throw unsupported();
    }

    @Override
    public long rawUncompress(long input, long length, long output) {
        throw unsupported();
    }

    @Override
    public long uncompressedLength(long input, long length) {
        throw unsupported();
    }

    @Override
    public boolean isValidCompressedBuffer(long input, long from, long length) {
        throw unsupported();
    }

    private static UnsupportedOperationException unsupported() {
        return new UnsupportedOperationException("addresses need the native library");
    }

    private static byte[] array(Object bytes) throws IOException {
        if (bytes instanceof byte[] array) {
            return array;
        }
        throw new IOException("only arrays of bytes without the native library, not " + bytes.getClass());
    }

    private static byte[] bytes(ByteBuffer buffer, int from, int length) {
        byte[] bytes = new byte[length];
        buffer.get(from, bytes);
        return bytes;
    }

    private static void put(byte[] bytes, int length, ByteBuffer buffer, int at) {
        buffer.put(at, bytes, 0, length);
    }
}
