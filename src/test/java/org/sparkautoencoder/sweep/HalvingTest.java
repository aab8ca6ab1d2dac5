package org.sparkautoencoder.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who goes on at each rung, whoever comes first. */
@Timeout(30)
final class HalvingTest {
    @Test
    void rungs_ofTrialsAndEpochs_doubleUpToHalfOfTheEpochs() {
        assertThat(rungs(16, 250)).containsExactly(15, 31, 62, 125);
        assertThat(rungs(5, 100)).containsExactly(12, 25, 50);
        assertThat(rungs(2, 3)).containsExactly(1);
        assertThat(rungs(100, 4)).containsExactly(1, 2);
        assertThat(rungs(1, 250)).isEmpty();
        assertThat(rungs(8, 1)).isEmpty();
    }

    @Test
    void compare_inAnyOrder_theBetterHalfGoesOn() throws Exception {
        double[] values = {0.5, 0.2, 0.9, 0.2, 0.7};
        for (int order = 0; order < 20; order++) {
            Halving halving = new Halving(Objective.TEST_ERROR, 5, 8);
            List<Integer> arrival = new ArrayList<>(List.of(0, 1, 2, 3, 4));
            Collections.shuffle(arrival, new Random(order));
            List<Integer> epochs = run(halving, arrival, values);
            assertThat(epochs).containsExactly(2, 8, 1, 4, 1);
            assertThat(halving.decision(2)).isEqualTo("epoch 1: 5 of 5, pruned");
            assertThat(halving.decision(1))
                    .isEqualTo("epoch 1: 1 of 5, continues; epoch 2: 1 of 3, continues; epoch 4: 1 of 2, continues");
            assertThat(Halving.isPruned(halving.decision(3))).isTrue();
            assertThat(Halving.isPruned(halving.decision(1))).isFalse();
        }
    }

    @Test
    void ended_withoutAResult_isBeatenAndNobodyWaits() throws Exception {
        Halving halving = new Halving(Objective.TEST_ACCURACY, 3, 4);
        halving.ended(0, null);
        assertThat(run(halving, List.of(1, 2), new double[] {0, 0.3, 0.6})).containsExactly(0, 2, 4);
        assertThat(halving.decision(0)).isEqualTo("epoch 1: 3 of 3, pruned");
    }

    @Test
    void known_fromAnEarlierStart_countsAsIfTrainedNow() throws Exception {
        Halving halving = new Halving(Objective.TEST_ERROR, 3, 4);
        halving.restore(2, 1, 0.1);
        halving.restore(2, 2, 0.05);
        halving.ended(2, 0.01);
        assertThat(run(halving, List.of(0, 1), new double[] {0.2, 0.3, 0})).containsExactly(2, 1, 0);
    }

    @Test
    void stop_whileTheyWait_letsAllGo() throws Exception {
        Halving halving = new Halving(Objective.TEST_ERROR, 2, 4);
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> waiting = pool.submit(() -> halving.compare(0, 2, 0.1));
            Thread.sleep(50);
            assertThat(waiting.isDone()).isFalse();
            halving.stop();
            assertThat(waiting.get()).isFalse();
        } finally {
            pool.shutdownNow();
        }
    }

    /** Each trial in a thread, begun in this order; how many epochs each came to, at most 8 or 4. */
    private static List<Integer> run(Halving halving, List<Integer> order, double[] values) throws Exception {
        int most = values.length > 3 ? 8 : 4;
        ExecutorService pool = Executors.newFixedThreadPool(order.size());
        try {
            List<Integer> epochs = new ArrayList<>(Collections.nCopies(values.length, 0));
            List<Future<?>> all = new ArrayList<>();
            for (int trial : order) {
                all.add(pool.submit(() -> {
                    int done = 0;
                    boolean goesOn = true;
                    while (goesOn && done < most) {
                        done = Math.min(most, halving.nextRung(done));
                        goesOn = done == most || halving.compare(trial, done, values[trial]);
                    }
                    epochs.set(trial, done);
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
            return epochs;
        } finally {
            pool.shutdownNow();
        }
    }

    private static List<Integer> rungs(int trials, int epochs) {
        Halving halving = new Halving(Objective.TEST_ERROR, trials, epochs);
        List<Integer> rungs = new ArrayList<>();
        for (int rung = halving.nextRung(0); rung < Integer.MAX_VALUE; rung = halving.nextRung(rung)) {
            rungs.add(rung);
        }
        return rungs;
    }
}
