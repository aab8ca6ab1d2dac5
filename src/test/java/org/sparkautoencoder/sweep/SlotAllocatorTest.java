package org.sparkautoencoder.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkautoencoder.sweep.SlotAllocator.Allocation;

/** Slots are never promised twice. */
@Timeout(30)
final class SlotAllocatorTest {
    @Test
    void hold_manyTrainings_neverMoreWorkersThanSlots() throws Exception {
        SlotAllocator allocator = new SlotAllocator(4, 3);
        AtomicInteger workers = new AtomicInteger();
        AtomicInteger trainings = new AtomicInteger();
        List<String> tooMany = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(12);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                int own = 1 + i % 4;
                all.add(pool.submit(() -> {
                    try (Allocation allocation = allocator.allocate(own)) {
                        count(workers, trainings, own, tooMany);
                        allocation.releaseDuring(() -> true);
                        count(workers, trainings, own, tooMany);
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(tooMany).isEmpty();
    }

    private static void count(AtomicInteger workers, AtomicInteger trainings, int own, List<String> tooMany) {
        int now = workers.addAndGet(own);
        int at = trainings.incrementAndGet();
        if (now > 4 || at > 3) {
            synchronized (tooMany) {
                tooMany.add(now + " workers of " + at + " trainings");
            }
        }
        trainings.decrementAndGet();
        workers.addAndGet(-own);
    }

    @Test
    void hold_moreThanThereIs_isRefused() {
        assertThatThrownBy(() -> new SlotAllocator(2, 2).allocate(3)).hasMessage("3 workers need 3 slots, there are 2");
    }

    @ParameterizedTest
    @CsvSource({"4, 2, 1 1 1 1", "5, 2, 2 1 1 1 1", "1, 8, 8", "3, 8, 2 2 2", "16, 3, 3 1 1", "8, 6, 3 3 1 1 1 1 1 1"})
    void workers_ofTrainings_leaveNoSlotIdleInTheLastRound(int trainings, int slots, String expected) {
        int[] workers = IntStream.range(0, trainings)
                .map(i -> SlotAllocator.workers(i, trainings, slots))
                .toArray();
        String[] first = expected.split(" ", -1);
        for (int i = 0; i < first.length; i++) {
            assertThat(workers[i]).as("training " + i).isEqualTo(Integer.parseInt(first[i]));
        }
    }
}
