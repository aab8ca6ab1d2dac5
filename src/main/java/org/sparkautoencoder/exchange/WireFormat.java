package org.sparkautoencoder.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The messages between executors and driver; all numbers are little-endian. */
final class WireFormat {
    // Request header: magic, kind, attempt, executor, block, flags (int each), key of the run, number (long each). The
    // number counts the requests of the attempt, or for gradients the steps.
    // Response header: status, 0 (int each), nanoseconds that the driver held the request, number (long each).
    static final int REQUEST = 40;
    static final int RESPONSE = 24;

    // Kinds of requests.
    static final int JOIN = 1;
    static final int FACTORS = 2;
    static final int GRADIENT = 3;
    static final int TRAINED = 4;
    static final int EVALUATED = 5;
    static final int DIVERGED = 6;

    /** Flag of a request: a loss of the step is not finite. */
    static final int NOT_FINITE = 1;

    // Statuses of responses.
    static final int CONTINUE = 0;
    static final int EVALUATE = 1;
    static final int STOP = 2;
    static final int FAILED = 3;

    private static final int MAGIC = 0x32_6d_65_65;

    private WireFormat() {}

    static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static void response(ByteBuffer out, int at, int status, long waitNanos, long number) {
        out.putInt(at, status).putInt(at + 4, 0).putLong(at + 8, waitNanos).putLong(at + 16, number);
    }

    static ByteBuffer response(int status, long number, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer response = ByteBuffer.allocate(RESPONSE + bytes.length).order(ByteOrder.LITTLE_ENDIAN);
        response(response, 0, status, 0, number);
        response.position(RESPONSE);
        return response.put(bytes).flip();
    }

    /** The driver's one-way message to stop after the current step. */
    static ByteBuffer stop(long key) {
        return ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(MAGIC)
                .putInt(STOP)
                .putLong(key)
                .flip();
    }

    static boolean isStop(ByteBuffer message, long key) {
        ByteBuffer in = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        return in.remaining() == 16 && in.getInt() == MAGIC && in.getInt() == STOP && in.getLong() == key;
    }

    static String text(ByteBuffer in) {
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Writes a string as its length and UTF-8 bytes. */
    static void putString(ByteBuffer out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.putInt(bytes.length).put(bytes);
    }

    static String getString(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("a string of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A request's header. */
    record Request(int kind, int attempt, int executor, int block, int flags, long key, long number) {
        /** Reads a header; null if the bytes are not a request. */
        static Request read(ByteBuffer in) {
            if (in.remaining() < REQUEST || in.getInt() != MAGIC) {
                return null;
            }
            return new Request(
                    in.getInt(), in.getInt(), in.getInt(), in.getInt(), in.getInt(), in.getLong(), in.getLong());
        }

        /** Writes the header at the start of the buffer and leaves the position after it. */
        void write(ByteBuffer out) {
            out.clear()
                    .putInt(MAGIC)
                    .putInt(kind)
                    .putInt(attempt)
                    .putInt(executor)
                    .putInt(block)
                    .putInt(flags)
                    .putLong(key)
                    .putLong(number);
        }

        boolean notFinite() {
            return (flags & NOT_FINITE) != 0;
        }
    }

    /**
     * The driver's response to a join request, sent when all executors have joined. The parameters follow, and the velocity
     * unless the driver makes the update.
     *
     * @param dense whether gradients are exchanged rather than factors
     * @param epoch the first epoch of the attempt
     * @param shards by executor
     */
    record BeginResponse(boolean dense, int epoch, List<int[]> shards) {
        ByteBuffer write(int status, float[] parameters, float[] velocity) {
            int ints = 4 + shards.size();
            for (int[] ofExecutor : shards) {
                ints += ofExecutor.length;
            }
            int floats = Math.addExact(parameters.length, velocity.length);
            ByteBuffer out = allocate(Math.addExact(RESPONSE + 4 * ints, Math.multiplyExact(4, floats)));
            response(out, 0, status, 0, 0);
            out.position(RESPONSE);
            out.putInt(dense ? 1 : 0).putInt(epoch).putInt(shards.size());
            for (int[] ofExecutor : shards) {
                out.putInt(ofExecutor.length);
                for (int shard : ofExecutor) {
                    out.putInt(shard);
                }
            }
            out.putInt(velocity.length);
            out.asFloatBuffer().put(parameters).put(velocity);
            return out.clear();
        }

        /** Reads what follows the response's header; leaves the buffer at the length of the velocity. */
        static BeginResponse read(ByteBuffer in) {
            boolean dense = in.getInt() != 0;
            int epoch = in.getInt();
            List<int[]> shards = new ArrayList<>();
            for (int executors = in.getInt(); executors > 0; executors--) {
                int[] ofExecutor = new int[in.getInt()];
                for (int i = 0; i < ofExecutor.length; i++) {
                    ofExecutor[i] = in.getInt();
                }
                shards.add(ofExecutor);
            }
            return new BeginResponse(dense, epoch, shards);
        }
    }
}
