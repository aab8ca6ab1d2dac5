package org.sparkautoencoder.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs several things at once in threads of their own, which have ended when this returns. */
public final class TaskPool {
    private TaskPool() {}

    /**
     * Runs all.
     *
     * @param threads how many at once, begun in their order
     * @param stop called at the first that throws, to end the others
     * @return what each gave
     * @throws IOException or RuntimeException what the first in order threw, when all have ended
     */
    public static <T> List<T> all(List<Callable<T>> tasks, int threads, Runnable stop) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, Math.min(threads, tasks.size())));
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> task : tasks) {
                futures.add(pool.submit(() -> {
                    try {
                        return task.call();
                    } catch (Exception | Error e) {
                        stop.run();
                        throw e;
                    }
                }));
            }
            return results(futures);
        } catch (InterruptedException e) {
            stop.run();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            pool.shutdown();
        }
    }

    private static <T> List<T> results(List<Future<T>> futures) throws IOException, InterruptedException {
        List<T> results = new ArrayList<>();
        Throwable failure = null;
        for (Future<T> future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                failure = failure == null ? e.getCause() : failure;
            }
        }
        if (failure instanceof IOException cause) {
            throw cause;
        }
        if (failure instanceof RuntimeException cause) {
            throw cause;
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        return results;
    }
}
