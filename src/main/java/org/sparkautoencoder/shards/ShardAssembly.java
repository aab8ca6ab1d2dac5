package org.sparkautoencoder.shards;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import org.sparkautoencoder.kernel.Permutation;
import scala.Tuple2;

/** Puts the blocks of a partition's shards into dense arrays, each row in its slot, in whatever order they arrive. */
final class ShardAssembly implements Function2<Integer, Iterator<Tuple2<Integer, byte[]>>, Iterator<Shard>> {
    private static final long serialVersionUID = 1L;

    private final Sharding sharding;
    private final ContiguousPartitioner partitioner;
    private final int width;
    private final float white;

    /**
     * @param width values of a row
     * @param white what the values that arrive are divided by
     */
    ShardAssembly(Sharding sharding, ContiguousPartitioner partitioner, int width, int white) {
        this.sharding = sharding;
        this.partitioner = partitioner;
        this.width = width;
        this.white = white;
    }

    @Override
    public Iterator<Shard> call(Integer partition, Iterator<Tuple2<Integer, byte[]>> blocks) {
        Permutation positions = sharding.positions();
        int first = partitioner.firstShard(partition);
        List<OpenShard> open = new ArrayList<>();
        for (int shard = first; shard < partitioner.firstShard(partition + 1); shard++) {
            open.add(new OpenShard(sharding.rowsOf(shard), width, white));
        }
        while (blocks.hasNext()) {
            Tuple2<Integer, byte[]> block = blocks.next();
            open.get(block._1() - first).fill(ShardBlocks.littleEndian(block._2()), positions, sharding);
        }
        List<Shard> shards = new ArrayList<>();
        for (OpenShard shard : open) {
            shards.add(shard.close(first + shards.size()));
        }
        return shards.iterator();
    }

    /** A shard whose rows arrive. */
    private static final class OpenShard {
        private final int width;
        private final float white;
        private final float[] scaled = new float[256]; // by byte
        private final BitSet filled = new BitSet();
        private final long[] ids;
        private final byte[] labels;
        private final byte[] bytes;
        private final float[] values; // rows x width

        OpenShard(int rows, int width, float white) {
            long size = (long) rows * width;
            if (size > Integer.MAX_VALUE - 8) {
                throw new IllegalArgumentException("a shard of " + rows + " rows x " + width
                        + " values is larger than an array can be: use more shards");
            }
            this.width = width;
            this.white = white;
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] = i / white;
            }
            this.ids = new long[rows];
            this.labels = new byte[rows];
            this.bytes = new byte[width];
            this.values = new float[(int) size];
        }

        void fill(ByteBuffer block, Permutation positions, Sharding sharding) {
            while (block.hasRemaining()) {
                long id = block.getLong();
                int slot = sharding.slotOf(positions.apply(id));
                if (filled.get(slot)) {
                    throw new IllegalStateException("row id " + id + " came twice");
                }
                filled.set(slot);
                ids[slot] = id;
                labels[slot] = block.get();
                if (block.get() == ShardBlocks.BYTES) {
                    takeBytes(block, slot * width);
                } else {
                    takeFloats(block, slot * width);
                }
            }
        }

        private void takeBytes(ByteBuffer block, int at) {
            block.get(bytes);
            for (int i = 0; i < width; i++) {
                values[at + i] = scaled[bytes[i] & 0xff];
            }
        }

        private void takeFloats(ByteBuffer block, int at) {
            block.asFloatBuffer().get(values, at, width);
            block.position(block.position() + Float.BYTES * width);
            for (int i = at; white != 1 && i < at + width; i++) {
                values[i] /= white;
            }
        }

        Shard close(int index) {
            if (filled.cardinality() != ids.length) {
                throw new IllegalStateException("shard " + index + " should have " + ids.length + " rows, but only "
                        + filled.cardinality() + " came: the files have changed since they were first read");
            }
            return new Shard(index, ids, labels, values, values);
        }
    }
}
