package org.sparkautoencoder.cli;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.sparkautoencoder.digits.Example;
import org.sparkautoencoder.digits.LoadedDigits;
import org.sparkautoencoder.digits.Shard;
import org.sparkautoencoder.digits.Sharding;
import org.sparkautoencoder.digits.Shards;
import org.sparkautoencoder.training.TrainingRows;

/**
 * The shards of several runs: each kind is made once, for all runs that need it, and held in memory until the last of them
 * has ended. Examples (rows with their noise) that are cut into shards in several ways are held as well. Any thread.
 */
final class SharedRows {
    private final LoadedDigits train;
    private final LoadedDigits test;
    private final boolean last;
    private final Map<Key, Entry> entries = new HashMap<>();
    private final Map<Source, Examples> examples = new HashMap<>();

    /** What examples are made of: {@link Learner#inputs}, of one of the splits. */
    private record Source(Object inputs, boolean test) {}

    private record Key(Source source, Sharding sharding, int workers) {}

    /** Shards, and how many runs are still to use them. */
    private static final class Entry {
        private int uses;
        private JavaRDD<Shard> shards;
    }

    /** Examples, and the ways to cut them that are not made yet. */
    private static final class Examples {
        private final Set<Key> open = new HashSet<>();
        private boolean severalWays;
        private JavaRDD<Example> rows;
    }

    /**
     * @param test null for none
     * @param last whether nobody else needs the rows, so that they may go once all shards are made
     */
    SharedRows(LoadedDigits train, LoadedDigits test, boolean last) {
        this.train = train;
        this.test = test;
        this.last = last;
    }

    /** Says that a run is going to {@link #take} its rows; all are to be said before any does. */
    synchronized void expect(Learner learner, int workers) {
        expect(key(learner, workers, false));
        if (test != null) {
            expect(key(learner, workers, true));
        }
    }

    /** The rows of a run; made now if it is the first of its kind. */
    TrainingRows take(Learner learner, int workers) {
        return new TrainingRows(
                shards(learner, key(learner, workers, false), train),
                train.rows(),
                test == null ? null : shards(learner, key(learner, workers, true), test),
                test == null ? 0 : test.rows());
    }

    /** Says that a run has ended, or will never begin. */
    synchronized void release(Learner learner, int workers) {
        release(key(learner, workers, false));
        if (test != null) {
            release(key(learner, workers, true));
        }
    }

    private Key key(Learner learner, int workers, boolean ofTest) {
        Sharding sharding = ofTest
                ? learner.settings().testSharding(test.rows())
                : learner.settings().sharding(train.rows());
        return new Key(new Source(learner.inputs(ofTest), ofTest), sharding, workers);
    }

    private void expect(Key key) {
        entries.computeIfAbsent(key, absent -> new Entry()).uses++;
        Examples rows = examples.computeIfAbsent(key.source(), absent -> new Examples());
        rows.open.add(key);
        rows.severalWays = rows.open.size() > 1;
    }

    private JavaRDD<Shard> shards(Learner learner, Key key, LoadedDigits digits) {
        Entry entry;
        synchronized (this) {
            entry = entries.get(key);
        }
        synchronized (entry) { // others of this kind wait; of other kinds they go on
            if (entry.shards == null) {
                JavaRDD<Shard> shards = Shards.of(examples(learner, key, digits), key.sharding(), key.workers())
                        .persist(StorageLevel.MEMORY_ONLY());
                shards.count();
                entry.shards = shards;
                cut(key);
            }
            return entry.shards;
        }
    }

    private synchronized JavaRDD<Example> examples(Learner learner, Key key, LoadedDigits digits) {
        Examples of = examples.get(key.source());
        if (of.rows == null) {
            of.rows = learner.examples(digits.digits(), key.source().test());
            if (of.severalWays) {
                of.rows.persist(StorageLevel.MEMORY_ONLY());
            }
        }
        return of.rows;
    }

    private synchronized void cut(Key key) {
        close(key);
        if (last && examples.values().stream().allMatch(rows -> rows.open.isEmpty())) {
            train.close();
            if (test != null) {
                test.close();
            }
        }
    }

    private void close(Key key) {
        Examples of = examples.get(key.source());
        of.open.remove(key);
        if (of.open.isEmpty() && of.rows != null) {
            of.rows.unpersist(false);
            of.rows = null;
        }
    }

    private void release(Key key) {
        Entry entry = entries.get(key);
        if (--entry.uses == 0) {
            if (entry.shards == null) {
                close(key);
            } else {
                entry.shards.unpersist(false);
            }
            entries.remove(key);
        }
    }
}
