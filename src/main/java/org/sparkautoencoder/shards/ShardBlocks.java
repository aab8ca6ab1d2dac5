package org.sparkautoencoder.shards;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.sparkautoencoder.csv.Classes;
import org.sparkautoencoder.csv.RowBlock;
import org.sparkautoencoder.kernel.Permutation;
import scala.Tuple2;

/** The parsed rows of an input partition gathered by shard, as blocks of many rows: what the shuffle moves. */
public final class ShardBlocks implements Iterator<Tuple2<Integer, byte[]>> {
    // A block is a byte array, because every serialiser writes one at the speed of a copy. Little-endian, for each row:
    //   long id, short class, byte encoding of the values (FLOATS, BYTES), values as they were parsed.
    static final byte FLOATS = 0;
    static final byte BYTES = 1;

    private static final int ROW_HEADER = Long.BYTES + Short.BYTES + 1;
    private static final int BLOCK = 1 << 17;
    private static final long MOST_OPEN = 32L << 20;

    private final Sharding sharding;
    private final Permutation positions;
    private final Iterator<RowBlock> parsed;
    private final Classes classes;
    private final int largestRow;
    private final int capacity;
    private final ByteBuffer[] open;
    private final ArrayDeque<Tuple2<Integer, byte[]>> ready = new ArrayDeque<>();
    private RowBlock rows;
    private short[] labels;
    private int row;
    private long id;

    /** @param firstId the id of the first row */
    public ShardBlocks(Sharding sharding, Iterator<RowBlock> parsed, Classes classes, long firstId, int width) {
        this.sharding = sharding;
        this.positions = sharding.positions();
        this.parsed = parsed;
        this.classes = classes;
        this.id = firstId;
        this.largestRow = ROW_HEADER + Float.BYTES * width;
        this.capacity = Math.max(largestRow, (int) Math.min(BLOCK, MOST_OPEN / sharding.shards()));
        this.open = new ByteBuffer[sharding.shards()];
    }

    static ByteBuffer littleEndian(byte[] block) {
        return ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty()) {
            if (!addRow()) {
                closeAll();
                return !ready.isEmpty();
            }
        }
        return true;
    }

    @Override
    public Tuple2<Integer, byte[]> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }

    private boolean addRow() {
        while (rows == null || row == rows.rows()) {
            if (!parsed.hasNext()) {
                return false;
            }
            rows = parsed.next();
            labels = rows.classes(classes);
            row = 0;
        }
        ByteBuffer block = blockFor(sharding.shardOf(positions.apply(id)));
        block.putLong(id).putShort(labels[row]).put(rows.isBytes() ? BYTES : FLOATS);
        rows.putRow(row, block);
        row++;
        id++;
        return true;
    }

    private ByteBuffer blockFor(int shard) {
        if (open[shard] == null) {
            open[shard] = littleEndian(new byte[capacity]);
        } else if (open[shard].remaining() < largestRow) {
            close(shard);
        }
        return open[shard];
    }

    private void close(int shard) {
        ByteBuffer block = open[shard].flip();
        byte[] filled = new byte[block.remaining()];
        block.get(filled);
        block.clear();
        ready.add(new Tuple2<>(shard, filled));
    }

    private void closeAll() {
        for (int shard = 0; shard < open.length; shard++) {
            if (open[shard] != null && open[shard].position() > 0) {
                close(shard);
            }
        }
    }
}
