package org.sparkautoencoder.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkautoencoder.kernel.SummationTree.Addition;
import org.sparkautoencoder.kernel.SummationTree.Node;

final class SummationTreeTest {
    @Test
    void middle_anyNode_leavesThePowerOfTwoBelowOnTheLeft() {
        assertThat(SummationTree.middle(0, 2)).isEqualTo(1);
        assertThat(SummationTree.middle(0, 3)).isEqualTo(2);
        assertThat(SummationTree.middle(0, 8)).isEqualTo(4);
        assertThat(SummationTree.middle(8, 13)).isEqualTo(12);
    }

    @Test
    void cover_alignedBlock_isOneNode() {
        assertThat(SummationTree.cover(0, 64, 64)).containsExactly(new Node(0, 64));
        assertThat(SummationTree.cover(16, 32, 64)).containsExactly(new Node(16, 32));
        assertThat(SummationTree.cover(1, 4, 8)).containsExactly(new Node(1, 2), new Node(2, 4));
        assertThat(SummationTree.cover(3, 3, 8)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 13, 64, 100})
    void sums_howeverThePartsAreHeld_haveTheSameBits(int n) {
        Random random = new Random(n);
        float[] parts = new float[n];
        for (int i = 0; i < n; i++) {
            parts[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(7)));
        }
        float expected = sum(parts, 0, n);
        for (int holders = 1; holders <= Math.min(n, 9); holders++) {
            float[] sums = parts.clone();
            List<Node> summed = new ArrayList<>();
            for (int holder = holders - 1; holder >= 0; holder--) {
                for (Node node : SummationTree.cover(n * holder / holders, n * (holder + 1) / holders, n)) {
                    add(SummationTree.within(node), sums);
                    summed.add(node);
                }
            }
            add(SummationTree.above(summed, n), sums);
            assertThat(sums[0]).isEqualTo(expected);
        }
    }

    private static void add(List<Addition> additions, float[] sums) {
        for (Addition addition : additions) {
            sums[addition.to()] += sums[addition.from()];
        }
    }

    private static float sum(float[] parts, int from, int to) {
        if (to - from == 1) {
            return parts[from];
        }
        int half = 1;
        while (2 * half < to - from) {
            half *= 2;
        }
        return sum(parts, from, from + half) + sum(parts, from + half, to);
    }
}
