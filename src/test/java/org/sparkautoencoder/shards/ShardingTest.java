package org.sparkautoencoder.shards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkautoencoder.kernel.Permutation;

final class ShardingTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 16, 17, 1000, 4096, 4097, 60_000})
    void permutation_ofAnySize_takesEachValueOnce(long n) {
        Permutation permutation = new Permutation(42, n);
        BitSet seen = new BitSet();
        for (long i = 0; i < n; i++) {
            seen.set(Math.toIntExact(permutation.apply(i)));
        }
        assertThat(seen.cardinality()).isEqualTo((int) n);
        assertThat(seen.length()).isEqualTo((int) n);
    }

    @Test
    void permutation_otherKey_isAnother() {
        Permutation one = new Permutation(1, 1000);
        Permutation two = new Permutation(2, 1000);
        int same = 0;
        for (int i = 0; i < 1000; i++) {
            same += one.apply(i) == two.apply(i) ? 1 : 0;
        }
        assertThat(same).isLessThan(12); // 1 expected
    }

    @ParameterizedTest
    @CsvSource({"4000,8,32", "4000,32,32", "10,3,4", "7,1,7", "1,1,1", "103,5,10", "100,7,10", "33,4,32"})
    void sharding_ofAnyRows_givesEachRowOneShardSlotAndTurn(long rows, int shards, int batch) {
        Sharding sharding = new Sharding(rows, shards, batch, 5);
        Permutation positions = sharding.positions();
        boolean[][] taken = new boolean[shards][];
        for (int shard = 0; shard < shards; shard++) {
            taken[shard] = new boolean[sharding.rowsOf(shard)];
        }
        for (long id = 0; id < rows; id++) {
            long position = positions.apply(id);
            int shard = sharding.shardOf(position);
            int index = sharding.indexOf(position);
            assertThat(taken[shard][index]).isFalse();
            taken[shard][index] = true;
        }
        assertThat(Arrays.stream(taken).mapToLong(indices -> indices.length).sum())
                .isEqualTo(rows);

        for (int step = 0; step < sharding.stepsPerEpoch(); step++) {
            int ofStep = 0;
            for (int shard = 0; shard < shards; shard++) {
                int turns = sharding.firstPlace(step + 1, shard) - sharding.firstPlace(step, shard);
                assertThat(turns).isBetween(0, sharding.maxRowsOfStep());
                ofStep += turns;
            }
            assertThat(ofStep).isEqualTo(sharding.rowsOfStep(step));
        }
        for (int shard = 0; shard < shards; shard++) {
            assertThat(sharding.firstPlace(0, shard)).isZero();
            assertThat(sharding.firstPlace(sharding.stepsPerEpoch(), shard)).isEqualTo(sharding.rowsOf(shard));
        }
    }

    @Test
    void sharding_batchThatDoesNotDivideTheRows_lastOneIsSmaller() {
        Sharding sharding = new Sharding(103, 4, 10, 1);
        assertThat(sharding.stepsPerEpoch()).isEqualTo(11);
        assertThat(sharding.rowsOfStep(9)).isEqualTo(10);
        assertThat(sharding.rowsOfStep(10)).isEqualTo(3);
    }

    @Test
    void order_ofAnEpochAndShard_isAPermutationOfItsOwn() {
        Sharding sharding = new Sharding(400, 4, 32, 1);
        int[] first = new int[100];
        int[] again = new int[100];
        sharding.order(3, 2, first);
        sharding.order(3, 2, again);
        assertThat(again).isEqualTo(first);
        assertThat(Arrays.stream(first).sorted().toArray())
                .isEqualTo(java.util.stream.IntStream.range(0, 100).toArray());
        sharding.order(4, 2, again);
        assertThat(again).isNotEqualTo(first);
        sharding.order(3, 1, again);
        assertThat(again).isNotEqualTo(first);
    }

    @Test
    void sharding_batchLargerThanTheData_isRefusedWithBothNumbers() {
        assertThatThrownBy(() -> new Sharding(10, 1, 11, 1))
                .hasMessageContaining("10")
                .hasMessageContaining("11");
    }
}
