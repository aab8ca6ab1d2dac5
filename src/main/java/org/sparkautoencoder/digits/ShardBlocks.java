package org.sparkautoencoder.digits;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import scala.Tuple2;

/** Gathers the examples of an input partition by shard, and sends them on as blocks of many rows. */
final class ShardBlocks implements PairFlatMapFunction<Iterator<Example>, Integer, byte[]> {
    // A block is a byte array, because every serialiser writes one at the speed of a copy. Little-endian:
    //   int target width (SAME where a row is its own target), int input width,
    //   then for each row: long slot's row id, int label, floats input, floats target.
    static final int SAME = -1;
    static final int HEADER = 2 * Integer.BYTES;
    static final int ROW_HEADER = Long.BYTES + Integer.BYTES;

    private static final int MOST_ROWS = 64;
    private static final long MOST_BYTES_OPEN = 32L << 20;
    private static final long serialVersionUID = 1L;

    private final Sharding sharding;

    ShardBlocks(Sharding sharding) {
        this.sharding = sharding;
    }

    static ByteBuffer littleEndian(byte[] block) {
        return ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    }

    static int rowBytes(int inputWidth, int targetWidth) {
        return ROW_HEADER + Float.BYTES * (inputWidth + (targetWidth == SAME ? 0 : targetWidth));
    }

    @Override
    public Iterator<Tuple2<Integer, byte[]>> call(Iterator<Example> examples) {
        return new Gathering(sharding, examples);
    }

    /** The open block of each shard; full ones are handed out at once, the rest at the end. */
    private static final class Gathering implements Iterator<Tuple2<Integer, byte[]>> {
        private final Sharding sharding;
        private final Permutation positions;
        private final Iterator<Example> examples;
        private final ByteBuffer[] open;
        private final ArrayDeque<Tuple2<Integer, byte[]>> ready = new ArrayDeque<>();
        private int inputWidth = -1;
        private int targetWidth;
        private int capacity;

        Gathering(Sharding sharding, Iterator<Example> examples) {
            this.sharding = sharding;
            this.positions = sharding.positions();
            this.examples = examples;
            this.open = new ByteBuffer[sharding.shards()];
        }

        @Override
        public boolean hasNext() {
            while (ready.isEmpty() && examples.hasNext()) {
                add(examples.next());
                if (!examples.hasNext()) {
                    closeAll();
                }
            }
            return !ready.isEmpty();
        }

        @Override
        public Tuple2<Integer, byte[]> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return ready.remove();
        }

        private void add(Example example) {
            float[] inputs = example.inputs();
            float[] targets = example.targets();
            int width = example.isOwnTarget() ? SAME : targets.length;
            if (inputWidth < 0) {
                inputWidth = inputs.length;
                targetWidth = width;
                int rowBytes = rowBytes(inputWidth, targetWidth);
                long rows = MOST_BYTES_OPEN / ((long) rowBytes * sharding.shards());
                capacity = HEADER + rowBytes * (int) Math.max(1, Math.min(MOST_ROWS, rows));
            } else if (inputs.length != inputWidth || width != targetWidth) {
                throw new IllegalArgumentException("row " + example.id() + " has " + inputs.length + " inputs and "
                        + width + " targets, rows before it " + inputWidth + " and " + targetWidth);
            }
            int shard = sharding.shardOf(positions.apply(example.id()));
            ByteBuffer block = open[shard];
            if (block == null) {
                block = littleEndian(new byte[capacity]);
                open[shard] = block;
            }
            if (block.position() == 0) {
                block.putInt(targetWidth).putInt(inputWidth);
            }
            block.putLong(example.id()).putInt(example.label());
            append(block, inputs);
            if (targetWidth != SAME) {
                append(block, targets);
            }
            if (!block.hasRemaining()) {
                close(shard);
            }
        }

        private static void append(ByteBuffer block, float[] values) {
            block.asFloatBuffer().put(values);
            block.position(block.position() + Float.BYTES * values.length);
        }

        private void closeAll() {
            for (int shard = 0; shard < open.length; shard++) {
                if (open[shard] != null && open[shard].position() > 0) {
                    close(shard);
                }
            }
        }

        private void close(int shard) {
            ByteBuffer block = open[shard].flip();
            byte[] rows = new byte[block.remaining()];
            block.get(rows);
            block.clear();
            ready.add(new Tuple2<>(shard, rows));
        }
    }
}
