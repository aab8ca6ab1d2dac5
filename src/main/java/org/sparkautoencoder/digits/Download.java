package org.sparkautoencoder.digits;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Downloads into memory that end in time, whatever the server does. One thread uses it. */
final class Download {
    static final int OK = 200;

    /** What a server answered; the body is empty unless the status is 200. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Answer(int status, byte[] body) {}

    private final HttpClient client;
    private final TimeLimits limits;
    private final long deadline;

    /** The limit for everything together starts now. */
    Download(TimeLimits limits) {
        this.limits = limits;
        this.deadline = System.nanoTime() + limits.whole().toNanos();
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(limits.connect()).followRedirects(HttpClient.Redirect.NORMAL);
        if (ProxySelector.getDefault() != null) {
            builder.proxy(ProxySelector.getDefault());
        }
        this.client = builder.build();
    }

    boolean isOver() {
        return System.nanoTime() - deadline >= 0;
    }

    /**
     * @param limit the most bytes that the body may have
     * @throws IOException in words for the user
     */
    Answer get(URI uri, int limit) throws IOException {
        // HttpRequest.timeout ends with the headers: a body that stalls is watched by the time of its last bytes.
        // Resolving a name has no limit of its own, so it shares the time that connecting and the first byte have.
        AtomicLong alive = new AtomicLong(System.nanoTime() + limits.connect().toNanos());
        HttpRequest request = HttpRequest.newBuilder(uri).GET().build();
        CompletableFuture<HttpResponse<byte[]>> response =
                client.sendAsync(request, head -> new Body(head.statusCode() == OK, limit, alive));
        try {
            while (true) {
                long now = System.nanoTime();
                long stalled = alive.get() + limits.read().toNanos() - now;
                if (deadline - now <= 0) {
                    throw new IOException("the time limit of " + TimeLimits.text(limits.whole()) + " is over");
                }
                if (stalled <= 0) {
                    throw new IOException("the server sent nothing for " + TimeLimits.text(limits.read()));
                }
                try {
                    HttpResponse<byte[]> answer = response.get(Math.min(stalled, deadline - now), TimeUnit.NANOSECONDS);
                    return new Answer(answer.statusCode(), answer.body());
                } catch (TimeoutException e) {
                    // which of the limits it was, if any, the next turn says
                }
            }
        } catch (ExecutionException e) {
            throw new IOException(reason(uri, e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            response.cancel(true); // does nothing to one that is complete
        }
    }

    /** The client's exceptions often have no message of their own. */
    private String reason(URI uri, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "the host " + uri.getHost() + " is not known here (is there a network?)";
            }
            if (cause instanceof HttpConnectTimeoutException) {
                return "no connection within " + TimeLimits.text(limits.connect());
            }
        }
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return (failure instanceof ConnectException ? "no connection: " : "") + message;
    }

    /** Collects a body; the client's threads write to it, one at a time. */
    private static final class Body implements HttpResponse.BodySubscriber<byte[]> {
        private final CompletableFuture<byte[]> result = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final boolean wanted;
        private final int limit;
        private final AtomicLong alive;
        private Flow.Subscription subscription;

        Body(boolean wanted, int limit, AtomicLong alive) {
            this.wanted = wanted;
            this.limit = limit;
            this.alive = alive;
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return result;
        }

        @Override
        public void onSubscribe(Flow.Subscription newSubscription) {
            subscription = newSubscription;
            alive.set(System.nanoTime());
            if (wanted) {
                subscription.request(Long.MAX_VALUE);
            } else {
                subscription.cancel();
                result.complete(new byte[0]);
            }
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            alive.set(System.nanoTime());
            for (ByteBuffer buffer : buffers) {
                if (bytes.size() + (long) buffer.remaining() > limit) {
                    subscription.cancel();
                    result.completeExceptionally(new IOException("the server sends more than " + limit + " bytes"));
                    return;
                }
                byte[] part = new byte[buffer.remaining()];
                buffer.get(part);
                bytes.write(part, 0, part.length);
            }
        }

        @Override
        public void onError(Throwable failure) {
            result.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            result.complete(bytes.toByteArray());
        }
    }
}
