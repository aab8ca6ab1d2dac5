package org.sparkautoencoder.runs;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkautoencoder.csv.LoadedRows;
import org.sparkautoencoder.shards.Shard;
import org.sparkautoencoder.shards.Sharding;
import org.sparkautoencoder.shards.Shards;
import org.sparkautoencoder.shards.Split;
import org.sparkautoencoder.training.TrainingRows;

/**
 * The shards of several runs: each kind is made once, for all runs that need it, and held in memory until the last of them
 * has ended. Kinds that differ only in what is made of the rows, such as their noise, share one shuffle. Any thread.
 */
public final class ShardCache {
    private static final Logger LOG = LoggerFactory.getLogger(ShardCache.class);

    private final Map<Split, LoadedRows> data = new EnumMap<>(Split.class);
    private final boolean last;
    private final Map<Cut, Gathered> gathered = new HashMap<>();
    private final Map<Kind, Held> held = new HashMap<>();
    private final Set<Split> timed = new HashSet<>();

    /** How rows are cut into shards, and these into partitions. */
    private record Cut(Split split, Sharding sharding, int workers) {}

    /** What is made of rows that are cut so: {@link ModelSpec#inputs}. */
    private record Kind(Object inputs, Cut cut) {}

    /** Rows that are cut so, and the kinds that are still to be made of them. */
    private static final class Gathered {
        private final Set<Kind> open = new HashSet<>();
        private JavaRDD<Shard> rows;
    }

    /** Shards in memory, and how many runs are still to use them. */
    private static final class Held {
        private int uses;
        private JavaRDD<Shard> shards;
    }

    /** @param last whether no other cache needs the rows, so that they are released once all shards are made */
    public ShardCache(LoadedData data, boolean last) {
        this.data.put(Split.TRAIN, data.train());
        if (data.test() != null) {
            this.data.put(Split.TEST, data.test());
        }
        this.last = last;
    }

    /** Says that a run is going to {@link #take} its rows; all are to be said before any does. */
    synchronized void expect(ModelSpec modelSpec, int workers) {
        for (Split split : data.keySet()) {
            Kind kind = kind(modelSpec, workers, split);
            held.computeIfAbsent(kind, absent -> new Held()).uses++;
            gathered.computeIfAbsent(kind.cut(), absent -> new Gathered()).open.add(kind);
        }
    }

    /** The rows of a run; made now if it is the first of its kind. */
    TrainingRows take(ModelSpec modelSpec, int workers) {
        JavaRDD<Shard> train = shards(modelSpec, kind(modelSpec, workers, Split.TRAIN));
        LoadedRows test = data.get(Split.TEST);
        return new TrainingRows(
                train,
                data.get(Split.TRAIN).rows(),
                test == null ? null : shards(modelSpec, kind(modelSpec, workers, Split.TEST)),
                test == null ? 0 : test.rows());
    }

    /** Says that a run has ended, or will never begin. */
    synchronized void release(ModelSpec modelSpec, int workers) {
        for (Split split : data.keySet()) {
            Kind kind = kind(modelSpec, workers, split);
            Held entry = held.get(kind);
            if (--entry.uses == 0) {
                held.remove(kind);
                if (entry.shards == null) {
                    close(kind);
                } else {
                    entry.shards.unpersist(false);
                }
            }
        }
    }

    private Kind kind(ModelSpec modelSpec, int workers, Split split) {
        long rows = data.get(split).rows();
        Sharding sharding = split == Split.TEST
                ? modelSpec.settings().testSharding(rows)
                : modelSpec.settings().sharding(rows);
        return new Kind(modelSpec.inputs(split), new Cut(split, sharding, workers));
    }

    private JavaRDD<Shard> shards(ModelSpec modelSpec, Kind kind) {
        Held entry;
        synchronized (this) {
            entry = held.get(kind);
        }
        synchronized (entry) { // runs of the same kind wait here, others do not
            if (entry.shards == null) {
                long begin = System.nanoTime();
                JavaRDD<Shard> shards =
                        modelSpec.shards(rows(kind.cut()), kind.cut().split()).persist(StorageLevel.MEMORY_ONLY());
                shards.count();
                entry.shards = shards;
                close(kind);
                log(kind.cut().split(), (System.nanoTime() - begin) / 1e9);
            }
            return entry.shards;
        }
    }

    private synchronized JavaRDD<Shard> rows(Cut cut) {
        Gathered of = gathered.get(cut);
        if (of.rows == null) {
            of.rows = Shards.of(data.get(cut.split()), cut.sharding(), cut.workers());
        }
        return of.rows;
    }

    private synchronized void close(Kind kind) {
        Gathered of = gathered.get(kind.cut());
        of.open.remove(kind);
        if (of.open.isEmpty()) {
            gathered.remove(kind.cut());
            Split split = kind.cut().split();
            if (last && gathered.keySet().stream().noneMatch(cut -> cut.split() == split)) {
                data.get(split).close();
            }
        }
    }

    // Reading the files counts with the first shards that are made of them.
    private synchronized void log(Split split, double seconds) {
        LoadedRows digits = data.get(split);
        double all = timed.add(split) ? digits.seconds() + seconds : seconds;
        LOG.info("loaded {} rows in {} s", digits.rows(), String.format(Locale.ROOT, "%.2f", all));
    }
}
