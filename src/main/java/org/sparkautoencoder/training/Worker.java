package org.sparkautoencoder.training;

import java.io.Serializable;
import org.apache.spark.BarrierTaskContext;
import org.sparkautoencoder.exchange.EpochRule.Next;
import org.sparkautoencoder.exchange.Exchange;
import org.sparkautoencoder.exchange.ExchangeHandle;
import org.sparkautoencoder.kernel.NeuronBlocks;
import org.sparkautoencoder.shards.Sharding;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** A task of the training's barrier stage: takes part in the steps until the driver ends the training. */
final class Worker extends AbstractFunction1<Iterator<WorkerRows>, Iterator<Integer>> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ExchangeHandle handle;
    private final TrainingSettings settings;
    private final Sharding sharding;

    Worker(ExchangeHandle handle, TrainingSettings settings, Sharding sharding) {
        this.handle = handle;
        this.settings = settings;
        this.sharding = sharding;
    }

    @Override
    public Iterator<Integer> apply(Iterator<WorkerRows> partition) {
        WorkerRows rows = partition.next();
        try (Exchange exchange = handle.join(BarrierTaskContext.get())) {
            train(rows, exchange);
            exchange.complete();
        }
        return Iterator.<Integer>empty();
    }

    private void train(WorkerRows rows, Exchange exchange) {
        NeuronBlocks blocks = settings.blocks(sharding);
        LocalShards local = exchange.combine(rows, all -> new LocalShards(all, settings, sharding, blocks));
        if (!exchange.begin(local.indices())) {
            return;
        }
        exchange.combine(local, all -> local.withFactorsOfOthers(exchange, blocks));
        Step step = new Step(settings, sharding, blocks, local, exchange);
        EpochEvaluation evaluation = exchange.combine(local, all -> new EpochEvaluation(settings, local));
        Next next = Next.CONTINUE;
        for (int epoch = exchange.epoch(); next != Next.STOP; epoch++) {
            exchange.stopwatch().start();
            step.beginEpoch(epoch);
            for (int i = 0; i < sharding.stepsPerEpoch(); i++) {
                if (!step.run(i)) {
                    return;
                }
            }
            step.endEpoch();
            next = exchange.endEpoch(false, local::sums);
            if (next == Next.EVALUATE) {
                evaluation.evaluate(exchange.parameters(), exchange.localRank(), exchange.localWorkers());
                next = exchange.endEpoch(true, evaluation::sums);
            }
        }
    }
}
