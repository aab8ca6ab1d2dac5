package org.sparkautoencoder.digits;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import scala.Tuple2;

/**
 * The rows of an input partition gathered by shard, as blocks of many rows: what the shuffle moves. A subclass says where
 * the rows come from.
 */
abstract class ShardBlocks implements Iterator<Tuple2<Integer, byte[]>> {
    // A block is a byte array, because every serialiser writes one at the speed of a copy. Little-endian:
    //   int input width, int target width (SAME where a row is its own target), and for each row
    //   long id, byte label, byte encoding of the inputs (FLOATS, BYTES), inputs, targets as floats.
    static final int SAME = -1;
    static final byte FLOATS = 0;
    static final byte BYTES = 1;

    private static final int HEADER = 2 * Integer.BYTES;
    private static final int ROW_HEADER = Long.BYTES + 2;
    private static final int BLOCK = 1 << 17;
    private static final long MOST_OPEN = 32L << 20;

    private final Sharding sharding;
    private final Permutation positions;
    private final ByteBuffer[] open;
    private final ArrayDeque<Tuple2<Integer, byte[]>> ready = new ArrayDeque<>();
    private int inputWidth;
    private int targetWidth;
    private int largestRow;
    private int capacity;

    ShardBlocks(Sharding sharding) {
        this.sharding = sharding;
        this.positions = sharding.positions();
        this.open = new ByteBuffer[sharding.shards()];
    }

    static ByteBuffer littleEndian(byte[] block) {
        return ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Adds the next row by {@link #begin}; false where there is none. */
    abstract boolean addRow();

    /** Must be called before the first row, and may be called before others to see that nothing has changed. */
    final void requireWidths(long id, int inputs, int targets) {
        if (capacity == 0) {
            inputWidth = inputs;
            targetWidth = targets;
            largestRow = ROW_HEADER + Float.BYTES * (inputs + Math.max(0, targets));
            capacity = HEADER + Math.max(largestRow, (int) Math.min(BLOCK, MOST_OPEN / sharding.shards()));
        } else if (inputs != inputWidth || targets != targetWidth) {
            throw new IllegalArgumentException("row " + id + " has " + inputs + " inputs and " + targets
                    + " targets, rows before it " + inputWidth + " and " + targetWidth);
        }
    }

    /** The block that takes the row, which its inputs and targets are to be put into. */
    final ByteBuffer begin(long id, int label, byte encoding) {
        int shard = sharding.shardOf(positions.apply(id));
        ByteBuffer block = open[shard];
        if (block == null) {
            block = littleEndian(new byte[capacity]);
            open[shard] = block;
        } else if (block.remaining() < largestRow) {
            close(shard);
        }
        if (block.position() == 0) {
            block.putInt(inputWidth).putInt(targetWidth);
        }
        return block.putLong(id).put((byte) label).put(encoding);
    }

    private void close(int shard) {
        ByteBuffer block = open[shard].flip();
        byte[] rows = new byte[block.remaining()];
        block.get(rows);
        block.clear();
        ready.add(new Tuple2<>(shard, rows));
    }

    private void closeAll() {
        for (int shard = 0; shard < open.length; shard++) {
            if (open[shard] != null && open[shard].position() > 0) {
                close(shard);
            }
        }
    }

    @Override
    public final boolean hasNext() {
        while (ready.isEmpty()) {
            if (!addRow()) {
                closeAll();
                return !ready.isEmpty();
            }
        }
        return true;
    }

    @Override
    public final Tuple2<Integer, byte[]> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }

    /** From examples, which travel as floats. */
    static final class OfExamples extends ShardBlocks {
        private final Iterator<Example> examples;

        OfExamples(Sharding sharding, Iterator<Example> examples) {
            super(sharding);
            this.examples = examples;
        }

        @Override
        boolean addRow() {
            if (!examples.hasNext()) {
                return false;
            }
            Example example = examples.next();
            float[] targets = example.targets();
            requireWidths(example.id(), example.inputs().length, example.isOwnTarget() ? SAME : targets.length);
            ByteBuffer block = begin(example.id(), example.label(), FLOATS);
            put(block, example.inputs());
            if (!example.isOwnTarget()) {
                put(block, targets);
            }
            return true;
        }

        private static void put(ByteBuffer block, float[] values) {
            block.asFloatBuffer().put(values);
            block.position(block.position() + Float.BYTES * values.length);
        }
    }

    /** From rows as they were parsed, each its own target; they are scaled when they have arrived. */
    static final class OfRows extends ShardBlocks {
        private final Iterator<RowBlock> blocks;
        private final int width;
        private RowBlock rows;
        private int row;
        private long id;

        OfRows(Sharding sharding, Iterator<RowBlock> blocks, long firstId, int width) {
            super(sharding);
            this.blocks = blocks;
            this.id = firstId;
            this.width = width;
        }

        @Override
        boolean addRow() {
            while (rows == null || row == rows.rows()) {
                if (!blocks.hasNext()) {
                    return false;
                }
                rows = blocks.next();
                row = 0;
            }
            requireWidths(id, width, SAME);
            rows.putRow(row, begin(id, rows.label(row), rows.isBytes() ? BYTES : FLOATS));
            row++;
            id++;
            return true;
        }
    }
}
