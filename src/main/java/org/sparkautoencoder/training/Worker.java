package org.sparkautoencoder.training;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.sparkautoencoder.digits.Sharding;
import org.sparkautoencoder.exchange.EpochRule.Next;
import org.sparkautoencoder.exchange.Exchange;
import org.sparkautoencoder.exchange.Stopwatch;
import org.sparkautoencoder.exchange.Ticket;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** A task of the training's barrier stage: goes through the steps with its shards until the coordinator says stop. */
final class Worker extends AbstractFunction1<Iterator<WorkerRows>, Iterator<Integer>> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Ticket ticket;
    private final TrainingSettings settings;
    private final Sharding sharding;

    Worker(Ticket ticket, TrainingSettings settings, Sharding sharding) {
        this.ticket = ticket;
        this.settings = settings;
        this.sharding = sharding;
    }

    @Override
    public Iterator<Integer> apply(Iterator<WorkerRows> partition) {
        WorkerRows rows = partition.next();
        try (Exchange exchange = ticket.join(BarrierTaskContext.get())) {
            train(rows, exchange);
            exchange.complete();
        }
        return Iterator.<Integer>empty();
    }

    private void train(WorkerRows rows, Exchange exchange) {
        List<ShardTraining> shards = rows.train().stream()
                .map(shard -> new ShardTraining(shard, sharding, settings))
                .toList();
        for (ShardTraining shard : shards) {
            exchange.share(shard.index(), shard.pass());
        }
        EndOfEpoch evaluation = new EndOfEpoch(settings, rows);
        if (!exchange.begin()) {
            return;
        }
        Stopwatch stopwatch = exchange.stopwatch();
        int steps = sharding.stepsPerEpoch();
        Next next = Next.CONTINUE;
        for (int epoch = exchange.epoch(); next != Next.STOP; epoch++) {
            stopwatch.start();
            for (ShardTraining shard : shards) {
                shard.beginEpoch(epoch);
            }
            for (int step = 0; step < steps; step++) {
                float share = settings.momentum().share(sharding.rowsOfStep(step));
                for (int i = 0; i < shards.size(); i++) {
                    ShardTraining shard = shards.get(i);
                    exchange.loss(shard.index(), shard.step(step, exchange.parameters(), share, stopwatch));
                }
                if (!exchange.step()) {
                    return;
                }
            }
            for (ShardTraining shard : shards) {
                exchange.sums(shard.index(), shard.sums());
            }
            next = exchange.endEpoch(false);
            if (next == Next.EVALUATE) {
                evaluation.sums(exchange.parameters()).forEach(exchange::sums);
                next = exchange.endEpoch(true);
            }
        }
    }
}
