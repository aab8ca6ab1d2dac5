package org.sparkautoencoder.runs;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkautoencoder.csv.BadInputException;
import org.sparkautoencoder.csv.LoadedRows;
import org.sparkautoencoder.shards.Shard;
import org.sparkautoencoder.shards.Sharding;
import org.sparkautoencoder.shards.Shards;
import org.sparkautoencoder.shards.Split;
import org.sparkautoencoder.training.ShardMemory;
import org.sparkautoencoder.training.TrainingRows;

/**
 * The shards of several runs: each kind is computed once, for all runs that need it, and kept in memory until the last of them has
 * ended. Kinds that differ only in the map from shard to shard, such as their noise, share one shuffle. Any thread.
 */
public final class ShardCache {
    private static final Logger LOG = LoggerFactory.getLogger(ShardCache.class);

    private final Map<Split, LoadedRows> data = new EnumMap<>(Split.class);
    private final boolean last;
    private final Map<Cut, ShuffledRows> shuffled = new HashMap<>();
    private final Map<Kind, CachedShards> cached = new HashMap<>();
    private final Set<Kind> checked = new HashSet<>();
    private final Set<Split> timed = new HashSet<>();

    /** The split of a data set into shards, and of these into partitions. */
    private record Cut(Split split, Sharding sharding, int workers) {}

    /** Shards of one sharding with the same {@link ModelSpec#inputs}. */
    private record Kind(Object inputs, Cut cut) {}

    /** Rows of one sharding, and the kinds that are still to be computed from them. */
    private static final class ShuffledRows {
        private final Set<Kind> open = new HashSet<>();
        private JavaRDD<Shard> rows;
    }

    /** Shards in memory, and the number of runs that still use them. */
    private static final class CachedShards {
        private int uses;
        private JavaRDD<Shard> shards;
    }

    /** @param last whether no other cache needs the rows, so that they are released once all shards are computed */
    public ShardCache(LoadedData data, boolean last) {
        this.data.put(Split.TRAIN, data.train());
        if (data.test() != null) {
            this.data.put(Split.TEST, data.test());
        }
        this.last = last;
    }

    /** Announces that a run will {@link #take} its rows; all runs are announced before the first takes any. */
    synchronized void expect(ModelSpec modelSpec, int workers) {
        for (Split split : data.keySet()) {
            Kind kind = kind(modelSpec, workers, split);
            cached.computeIfAbsent(kind, absent -> new CachedShards()).uses++;
            shuffled.computeIfAbsent(kind.cut(), absent -> new ShuffledRows())
                    .open
                    .add(kind);
        }
    }

    /**
     * The rows of a run, computed now if it is the first of its kind.
     *
     * @throws BadInputException if they cannot lie in memory
     */
    TrainingRows take(ModelSpec modelSpec, int workers) {
        LoadedRows test = data.get(Split.TEST);
        requireMemory(modelSpec, workers);
        JavaRDD<Shard> train = shards(modelSpec, kind(modelSpec, workers, Split.TRAIN));
        return new TrainingRows(
                train,
                data.get(Split.TRAIN).rows(),
                test == null ? null : shards(modelSpec, kind(modelSpec, workers, Split.TEST)),
                test == null ? 0 : test.rows());
    }

    /** Releases the rows of a run that has ended, or will not begin. */
    synchronized void release(ModelSpec modelSpec, int workers) {
        for (Split split : data.keySet()) {
            Kind kind = kind(modelSpec, workers, split);
            CachedShards entry = cached.get(kind);
            if (--entry.uses == 0) {
                cached.remove(kind);
                if (entry.shards == null) {
                    close(kind);
                } else {
                    entry.shards.unpersist(false);
                }
            }
        }
    }

    // Before the first run of a kind computes its rows. What a frozen encoder makes smaller is made of whole rows.
    private void requireMemory(ModelSpec modelSpec, int workers) {
        Kind kind = kind(modelSpec, workers, Split.TRAIN);
        synchronized (this) {
            if (!checked.add(kind)) {
                return;
            }
        }
        LoadedRows train = data.get(Split.TRAIN);
        double bytes = 0;
        StringBuilder rows = new StringBuilder();
        for (Map.Entry<Split, LoadedRows> entry : data.entrySet()) {
            Split split = entry.getKey();
            bytes += ShardMemory.bytes(entry.getValue().rows(), modelSpec.valuesHeld(split));
            rows.append(String.format(
                    Locale.ROOT,
                    "%s%,d rows to %s on",
                    rows.isEmpty() ? "" : " and ",
                    entry.getValue().rows(),
                    split == Split.TRAIN ? "train" : "test"));
        }
        String warning = ShardMemory.check(
                JavaSparkContext.fromSparkContext(train.blocks().context()),
                modelSpec.settings(),
                kind.cut().sharding(),
                workers,
                rows.toString(),
                Math.max(bytes, ShardMemory.bytes(train.rows(), train.width())));
        if (warning != null) {
            LOG.warn(warning);
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
        CachedShards entry;
        synchronized (this) {
            entry = cached.get(kind);
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
        ShuffledRows of = shuffled.get(cut);
        if (of.rows == null) {
            of.rows = Shards.of(data.get(cut.split()), cut.sharding(), cut.workers());
        }
        return of.rows;
    }

    private synchronized void close(Kind kind) {
        ShuffledRows of = shuffled.get(kind.cut());
        of.open.remove(kind);
        if (of.open.isEmpty()) {
            shuffled.remove(kind.cut());
            Split split = kind.cut().split();
            if (last && shuffled.keySet().stream().noneMatch(cut -> cut.split() == split)) {
                data.get(split).close();
            }
        }
    }

    // The time to read the files is that of the first shards too.
    private synchronized void log(Split split, double seconds) {
        LoadedRows rows = data.get(split);
        double all = timed.add(split) ? rows.seconds() + seconds : seconds;
        LOG.info("loaded {} rows in {} s", rows.rows(), String.format(Locale.ROOT, "%.2f", all));
    }
}
