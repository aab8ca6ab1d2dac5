package org.sparkautoencoder.datasets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;

/** Downloads into memory that end in time, whatever the server does. One thread uses it. */
final class Download {
    static final int OK = HttpURLConnection.HTTP_OK;

    private static final int BUFFER = 1 << 16;

    private final TimeLimits limits;
    private final long deadline;

    /** What a server answered; the body is empty unless the status is 200. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Answer(int status, byte[] body) {}

    /** The limit for everything together starts now. */
    Download(TimeLimits limits) {
        this.limits = limits;
        this.deadline = System.nanoTime() + limits.whole().toNanos();
    }

    boolean isOver() {
        return System.nanoTime() - deadline >= 0;
    }

    /**
     * @param limit the most bytes that the body may have
     * @throws IOException in words for the user
     */
    Answer get(URI uri, int limit) throws IOException {
        requireTime();
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(millis(limits.connect()));
        connection.setReadTimeout(millis(limits.read()));
        boolean connected = false;
        try {
            connection.connect();
            connected = true;
            int status = connection.getResponseCode();
            return new Answer(status, status == OK ? body(connection, limit) : new byte[0]);
        } catch (SocketTimeoutException e) {
            requireTime();
            throw new IOException(
                    connected
                            ? "the server sent nothing for " + TimeLimits.text(limits.read())
                            : "no connection within " + TimeLimits.text(limits.connect()),
                    e);
        } catch (UnknownHostException e) {
            throw new IOException("the host " + uri.getHost() + " is not known here (is there a network?)", e);
        } catch (ConnectException e) {
            throw new IOException("no connection: " + e.getMessage(), e);
        } finally {
            connection.disconnect();
        }
    }

    private byte[] body(HttpURLConnection connection, int limit) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = connection.getInputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                requireTime();
                if (body.size() + (long) n > limit) {
                    connection.disconnect(); // closing the stream alone would read on
                    throw new IOException("the server sends more than " + limit + " bytes");
                }
                body.write(buffer, 0, n);
            }
        }
        if (body.size() < connection.getContentLengthLong()) {
            throw new IOException("the connection broke off after " + body.size() + " of "
                    + connection.getContentLengthLong() + " bytes");
        }
        return body.toByteArray();
    }

    private void requireTime() throws IOException {
        if (isOver()) {
            throw new IOException("the time limit of " + TimeLimits.text(limits.whole()) + " is over");
        }
    }

    /** A limit as far as there is time for it. */
    private int millis(Duration limit) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        return (int) Math.max(1, Math.min(limit.toMillis(), left));
    }
}
