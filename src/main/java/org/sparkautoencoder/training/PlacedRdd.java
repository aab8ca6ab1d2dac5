package org.sparkautoencoder.training;

import java.util.List;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;

/** An RDD whose partitions prefer given executors, whatever the locations of their parents. */
final class PlacedRdd<T> extends RDD<T> {
    private static final long serialVersionUID = 1L;

    private final String[] locations;
    private final ClassTag<T> tag;

    private PlacedRdd(RDD<T> parent, String[] locations, ClassTag<T> tag) {
        super(parent, tag);
        this.locations = locations;
        this.tag = tag;
    }

    /** @param locations one for each partition, as Spark's scheduler writes them */
    static <T> JavaRDD<T> of(JavaRDD<T> parent, List<String> locations) {
        ClassTag<T> tag = parent.classTag();
        return new JavaRDD<>(new PlacedRdd<>(parent.rdd(), locations.toArray(String[]::new), tag), tag);
    }

    @Override
    public Iterator<T> compute(Partition partition, TaskContext context) {
        return this.<T>firstParent(tag).iterator(partition, context);
    }

    @Override
    public Partition[] getPartitions() {
        return this.<T>firstParent(tag).partitions();
    }

    @Override
    public Seq<String> getPreferredLocations(Partition partition) {
        return CollectionConverters.asScala(List.of(locations[partition.index()]))
                .toSeq();
    }
}
