package org.sparkautoencoder.digits;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import scala.Tuple2;

/** Puts the blocks of a partition's shards into dense arrays, each row in its slot, in whatever order they arrive. */
final class ShardAssembly implements Function2<Integer, Iterator<Tuple2<Integer, byte[]>>, Iterator<Shard>> {
    private static final long serialVersionUID = 1L;

    private final Sharding sharding;
    private final int partitions;
    private final float white;

    /**
     * @param partitions over how many partitions the shards are dealt out: shard s lies in partition s % partitions
     * @param white what the values that arrive are divided by
     */
    ShardAssembly(Sharding sharding, int partitions, int white) {
        this.sharding = sharding;
        this.partitions = partitions;
        this.white = white;
    }

    @Override
    public Iterator<Shard> call(Integer partition, Iterator<Tuple2<Integer, byte[]>> blocks) {
        Permutation positions = sharding.positions();
        Slots[] open = new Slots[sharding.shards()];
        while (blocks.hasNext()) {
            Tuple2<Integer, byte[]> block = blocks.next();
            int shard = block._1();
            ByteBuffer rows = ShardBlocks.littleEndian(block._2());
            int inputWidth = rows.getInt();
            int targetWidth = rows.getInt();
            if (open[shard] == null) {
                open[shard] = new Slots(sharding.rowsOf(shard), inputWidth, targetWidth, white);
            }
            open[shard].fill(rows, inputWidth, targetWidth, positions, sharding);
        }
        List<Shard> shards = new ArrayList<>();
        for (int shard = partition; shard < sharding.shards(); shard += partitions) {
            if (open[shard] == null || open[shard].filled.cardinality() != sharding.rowsOf(shard)) {
                throw new IllegalStateException("shard " + shard + " should have " + sharding.rowsOf(shard)
                        + " rows, but only " + (open[shard] == null ? 0 : open[shard].filled.cardinality())
                        + " came: the data set has other rows than the sharding's " + sharding.rows());
            }
            shards.add(open[shard].toShard(shard));
        }
        return shards.iterator();
    }

    /** A shard on its way. */
    private static final class Slots {
        private final int inputWidth;
        private final int targetWidth;
        private final float white;
        private final float[] whole = new float[256];
        private final BitSet filled = new BitSet();
        private final long[] ids;
        private final byte[] labels;
        private final byte[] bytes;
        private final float[] inputs;
        private final float[] targets;

        Slots(int rows, int inputWidth, int targetWidth, float white) {
            this.inputWidth = inputWidth;
            this.targetWidth = targetWidth;
            this.white = white;
            for (int i = 0; i < whole.length; i++) {
                whole[i] = i / white;
            }
            this.ids = new long[rows];
            this.labels = new byte[rows];
            this.bytes = new byte[inputWidth];
            this.inputs = new float[size(rows, inputWidth)];
            this.targets = targetWidth == ShardBlocks.SAME ? inputs : new float[size(rows, targetWidth)];
        }

        private static int size(int rows, int width) {
            long size = (long) rows * width;
            if (size > Integer.MAX_VALUE - 8) {
                throw new IllegalArgumentException("a shard of " + rows + " rows x " + width
                        + " values is larger than an array can be: use more shards");
            }
            return (int) size;
        }

        void fill(ByteBuffer rows, int inputWidth, int targetWidth, Permutation positions, Sharding sharding) {
            if (inputWidth != this.inputWidth || targetWidth != this.targetWidth) {
                throw new IllegalStateException("rows of " + inputWidth + " inputs and " + targetWidth
                        + " targets among rows of " + this.inputWidth + " and " + this.targetWidth);
            }
            while (rows.hasRemaining()) {
                long id = rows.getLong();
                int slot = sharding.slotOf(positions.apply(id));
                if (filled.get(slot)) {
                    throw new IllegalStateException("row id " + id + " came twice");
                }
                filled.set(slot);
                ids[slot] = id;
                labels[slot] = rows.get();
                if (rows.get() == ShardBlocks.BYTES) {
                    takeBytes(rows, slot);
                } else {
                    take(rows, inputs, slot, inputWidth);
                }
                if (targetWidth != ShardBlocks.SAME) {
                    take(rows, targets, slot, targetWidth);
                }
            }
        }

        private void takeBytes(ByteBuffer rows, int slot) {
            rows.get(bytes);
            int at = slot * inputWidth;
            for (int i = 0; i < inputWidth; i++) {
                inputs[at + i] = whole[bytes[i] & 0xff];
            }
        }

        private void take(ByteBuffer rows, float[] values, int slot, int width) {
            int at = slot * width;
            rows.asFloatBuffer().get(values, at, width);
            rows.position(rows.position() + Float.BYTES * width);
            if (white != 1) {
                for (int i = at; i < at + width; i++) {
                    values[i] /= white;
                }
            }
        }

        Shard toShard(int index) {
            return new Shard(index, ids, labels, inputs, targets);
        }
    }
}
