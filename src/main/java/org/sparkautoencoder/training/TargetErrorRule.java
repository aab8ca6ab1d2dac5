package org.sparkautoencoder.training;

import java.util.List;

/**
 * Stops a training whose error is below a limit.
 *
 * @param limit above 0
 */
public record TargetErrorRule(double limit) implements StopRule {
    public TargetErrorRule {
        if (!(limit > 0)) {
            throw new IllegalArgumentException("the error to stop below must be above 0, got " + limit);
        }
    }

    @Override
    public boolean fires(List<Double> errors) {
        return !errors.isEmpty() && errors.get(errors.size() - 1) < limit;
    }
}
