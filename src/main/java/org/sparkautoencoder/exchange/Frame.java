package org.sparkautoencoder.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The form of the messages between executors and driver; all numbers little-endian. */
final class Frame {
    // Question: magic, kind, attempt, executor (int each), key of the run, number of the question in the attempt (long
    // each). Answer: status, 0 (int each), nanoseconds that the driver kept the question, number (long each).
    static final int QUESTION = 32;
    static final int ANSWER = 24;

    // Kinds of questions.
    static final int JOIN = 1;
    static final int STEP = 2;
    static final int TRAINED = 3;
    static final int EVALUATED = 4;

    // Statuses of answers.
    static final int GO_ON = 0;
    static final int EVALUATE = 1;
    static final int STOP = 2;
    static final int BROKEN = 3;

    private static final int MAGIC = 0x31_6d_65_65;

    private Frame() {}

    static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static void question(ByteBuffer out, Question header) {
        out.putInt(MAGIC)
                .putInt(header.kind)
                .putInt(header.attempt)
                .putInt(header.executor)
                .putLong(header.key)
                .putLong(header.number);
    }

    static void answer(ByteBuffer out, int at, int status, long keptNanos, long number) {
        out.putInt(at, status).putInt(at + 4, 0).putLong(at + 8, keptNanos).putLong(at + 16, number);
    }

    static ByteBuffer answer(int status, long number, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer answer = ByteBuffer.allocate(ANSWER + bytes.length).order(ByteOrder.LITTLE_ENDIAN);
        answer(answer, 0, status, 0, number);
        answer.position(ANSWER);
        return answer.put(bytes).flip();
    }

    static String text(ByteBuffer in) {
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A string that is part of a message. */
    static void put(ByteBuffer out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.putInt(bytes.length).put(bytes);
    }

    static String take(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("a text of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A question's header. */
    record Question(int kind, int attempt, int executor, long key, long number) {
        /** Reads it; null if this is none. */
        static Question read(ByteBuffer in) {
            if (in.remaining() < QUESTION || in.getInt() != MAGIC) {
                return null;
            }
            return new Question(in.getInt(), in.getInt(), in.getInt(), in.getLong(), in.getLong());
        }
    }
}
