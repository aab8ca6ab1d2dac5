package org.sparkautoencoder.exchange;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A run's shared secret, known to its driver and workers only; never printed. */
final class Secret implements Serializable {
    /** Length of a message authentication code in bytes. */
    static final int MAC_BYTES = 32;

    private static final long serialVersionUID = 1L;
    private static final String ALGORITHM = "HmacSHA256";

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /** A new secret of 256 random bits. */
    static Secret random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return new Secret(HexFormat.of().formatHex(bytes));
    }

    /** For Spark's handshake. */
    String text() {
        return text;
    }

    /** Appends the HMAC (RFC 2104) of all bytes written to {@code message}. */
    void appendMac(ByteBuffer message) {
        message.put(mac(message.duplicate().flip()));
    }

    /** Whether {@code message} ends with the HMAC of the bytes before it. */
    boolean hasValidMac(ByteBuffer message) {
        if (message.remaining() < MAC_BYTES) {
            return false;
        }
        int end = message.limit() - MAC_BYTES;
        byte[] received = new byte[MAC_BYTES];
        message.duplicate().position(end).get(received);
        return MessageDigest.isEqual(received, mac(message.duplicate().limit(end)));
    }

    private byte[] mac(ByteBuffer bytes) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(text.getBytes(StandardCharsets.US_ASCII), ALGORITHM));
            mac.update(bytes);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "a secret";
    }
}
