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

/** What a run's driver and workers know and nobody else; never printed. */
final class Secret implements Serializable {
    /** Bytes of a seal. */
    static final int SEAL = 32;

    private static final long serialVersionUID = 1L;
    private static final String ALGORITHM = "HmacSHA256";

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /** A new one of 256 random bits. */
    static Secret random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return new Secret(HexFormat.of().formatHex(bytes));
    }

    /** For Spark's handshake. */
    String text() {
        return text;
    }

    /** Appends a seal over all that was written to {@code message} (RFC 2104). */
    void seal(ByteBuffer message) {
        message.put(mac(message.duplicate().flip()));
    }

    /** Whether {@code message} ends with the seal over the rest of it. */
    boolean sealed(ByteBuffer message) {
        if (message.remaining() < SEAL) {
            return false;
        }
        int end = message.limit() - SEAL;
        byte[] seal = new byte[SEAL];
        message.duplicate().position(end).get(seal);
        return MessageDigest.isEqual(seal, mac(message.duplicate().limit(end)));
    }

    private byte[] mac(ByteBuffer of) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(text.getBytes(StandardCharsets.US_ASCII), ALGORITHM));
            mac.update(of);
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
