package org.sparkautoencoder.training;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.sparkautoencoder.shards.Shard;

/** The shards of one worker, the only element of its partition. */
public final class WorkerRows implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayList<Shard> train = new ArrayList<>();
    private final ArrayList<Shard> test = new ArrayList<>();

    static Iterator<WorkerRows> of(Iterator<Shard> train, Iterator<Shard> test) {
        WorkerRows rows = new WorkerRows();
        train.forEachRemaining(rows.train::add);
        test.forEachRemaining(rows.test::add);
        return List.of(rows).iterator();
    }

    public List<Shard> train() {
        return train;
    }

    public List<Shard> test() {
        return test;
    }
}
