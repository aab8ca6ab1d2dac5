package org.sparkautoencoder.exchange;

import java.nio.ByteBuffer;
import org.sparkautoencoder.kernel.Momentum;

/** Adds the shards' gradients in their order, makes the update and answers with the parameters. */
final class DenseGathering implements Gathering {
    private final Coordinator coordinator;
    private final Decisions decisions;
    private final Sections sections;
    private final float[][] gradients;
    private final int[] rows;
    private final ByteBuffer answer;
    private boolean updated;

    DenseGathering(Coordinator coordinator, Decisions decisions, Sections sections) {
        this.coordinator = coordinator;
        this.decisions = decisions;
        this.sections = sections;
        int parameters = coordinator.layers().parameters();
        this.gradients = new float[coordinator.shards()][parameters];
        this.rows = new int[gradients.length];
        this.answer = Frame.allocate(Math.addExact(Frame.ANSWER, Math.multiplyExact(4, parameters)));
    }

    @Override
    public Sections sections() {
        return sections;
    }

    @Override
    public void put(Seat seat, ByteBuffer section) {
        int base = section.position();
        for (int i = 0; i < seat.shards.length; i++) {
            int shard = seat.shards[i];
            rows[shard] = section.getInt(base + sections.rows(i));
            decisions.loss(shard, section.getFloat(base + sections.loss(i)));
            section.position(base + sections.values(i));
            section.asFloatBuffer().get(gradients[shard]);
        }
    }

    @Override
    public void stepIsComplete() {
        updated = false;
    }

    @Override
    public boolean mayAnswer() {
        return updated;
    }

    @Override
    public ByteBuffer answer(Seat seat, int status, long keptNanos) {
        // The time that the driver takes for the update counts as waiting too: it is the same for all.
        Frame.answer(answer, 0, status, keptNanos, seat.step);
        return answer.duplicate().clear();
    }

    @Override
    public void take() {
        float[] parameters = coordinator.liveParameters();
        float[] velocity = coordinator.liveVelocity();
        Momentum momentum = coordinator.momentum();
        int length = parameters.length;
        momentum.decay(velocity, 0, length);
        for (int shard = 0; shard < gradients.length; shard++) {
            if (rows[shard] > 0) {
                add(gradients[shard], velocity, length);
            }
        }
        momentum.move(parameters, velocity, 0, length);
        answer.position(Frame.ANSWER);
        answer.asFloatBuffer().put(parameters);
        updated = true;
    }

    @Override
    public void update() {}

    private static void add(float[] gradient, float[] velocity, int n) {
        for (int i = 0; i < n; i++) {
            velocity[i] += gradient[i];
        }
    }
}
