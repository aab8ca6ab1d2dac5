package org.sparkautoencoder.shards;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import org.sparkautoencoder.csv.Scaling;
import org.sparkautoencoder.kernel.Permutation;
import scala.Tuple2;

/** Puts the blocks of a partition's shards into dense arrays, each row at its index, in whatever order they arrive. */
final class ShardAssembly implements Function2<Integer, Iterator<Tuple2<Integer, byte[]>>, Iterator<Shard>> {
    private static final long serialVersionUID = 1L;

    private final Sharding sharding;
    private final ContiguousPartitioner partitioner;
    private final int width;
    private final Scaling scaling;

    /**
     * @param width values of a row
     * @param scaling of the values that arrive
     */
    ShardAssembly(Sharding sharding, ContiguousPartitioner partitioner, int width, Scaling scaling) {
        this.sharding = sharding;
        this.partitioner = partitioner;
        this.width = width;
        this.scaling = scaling;
    }

    @Override
    public Iterator<Shard> call(Integer partition, Iterator<Tuple2<Integer, byte[]>> blocks) {
        Permutation positions = sharding.positions();
        int first = partitioner.firstShard(partition);
        List<OpenShard> open = new ArrayList<>();
        for (int shard = first; shard < partitioner.firstShard(partition + 1); shard++) {
            open.add(new OpenShard(sharding.rowsOf(shard), width, scaling));
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
        private final Scaling scaling;
        private final float[] scaled; // by byte; null where that depends on the column
        private final BitSet filled = new BitSet();
        private final long[] ids;
        private final short[] labels;
        private final byte[] bytes;
        private final float[] values; // rows x width

        OpenShard(int rows, int width, Scaling scaling) {
            long size = (long) rows * width;
            if (size > Integer.MAX_VALUE - 8) {
                throw new IllegalArgumentException("a shard of " + rows + " rows x " + width
                        + " values is larger than an array can be: use more shards");
            }
            this.width = width;
            this.scaling = scaling;
            this.scaled = scaling.ofBytes();
            this.ids = new long[rows];
            this.labels = new short[rows];
            this.bytes = new byte[width];
            this.values = new float[(int) size];
        }

        void fill(ByteBuffer block, Permutation positions, Sharding sharding) {
            while (block.hasRemaining()) {
                long id = block.getLong();
                int index = sharding.indexOf(positions.apply(id));
                if (filled.get(index)) {
                    throw new IllegalStateException("row id " + id + " occurs twice");
                }
                filled.set(index);
                ids[index] = id;
                labels[index] = block.getShort();
                if (block.get() == ShardBlocks.BYTES) {
                    takeBytes(block, index * width);
                } else {
                    takeFloats(block, index * width);
                }
            }
        }

        private void takeBytes(ByteBuffer block, int at) {
            block.get(bytes);
            if (scaled != null) {
                for (int i = 0; i < width; i++) {
                    values[at + i] = scaled[bytes[i] & 0xff];
                }
                return;
            }
            for (int i = 0; i < width; i++) {
                values[at + i] = bytes[i] & 0xff;
            }
            scaling.apply(values, at, width);
        }

        private void takeFloats(ByteBuffer block, int at) {
            block.asFloatBuffer().get(values, at, width);
            block.position(block.position() + Float.BYTES * width);
            scaling.apply(values, at, width);
        }

        Shard close(int index) {
            if (filled.cardinality() != ids.length) {
                throw new IllegalStateException("shard " + index + " should have " + ids.length + " rows, but has only "
                        + filled.cardinality() + ": the files have changed since they were first read");
            }
            return new Shard(index, ids, labels, values, values);
        }
    }
}
