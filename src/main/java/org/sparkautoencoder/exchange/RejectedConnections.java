package org.sparkautoencoder.exchange;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what strangers send, and says so once. */
final class RejectedConnections {
    private static final Logger LOG = LoggerFactory.getLogger(RejectedConnections.class);

    private final AtomicLong count = new AtomicLong();

    void refuse(Object from, String reason) {
        if (count.incrementAndGet() == 1) {
            LOG.warn(
                    "refused what came from {} to the exchange: {}; what follows of the kind is only counted",
                    from,
                    reason);
        }
    }

    long count() {
        return count.get();
    }
}
