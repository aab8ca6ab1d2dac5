package org.sparkautoencoder.training;

import java.util.List;

/**
 * Stops a training whose error has converged: over the last {@code window} epochs it changed by less than {@code tolerance},
 * relative to its value before them.
 *
 * @param window epochs, at least 1
 * @param tolerance relative, above 0
 */
public record PlateauRule(int window, double tolerance) implements StopRule {
    public PlateauRule {
        if (window < 1) {
            throw new IllegalArgumentException("the stop window must be at least 1 epoch, got " + window);
        }
        if (!(tolerance > 0 && tolerance < 1)) {
            throw new IllegalArgumentException("the stop tolerance must be above 0 and below 1, got " + tolerance);
        }
    }

    @Override
    public boolean fires(List<Double> errors) {
        int last = errors.size() - 1;
        if (last < window) {
            return false;
        }
        double before = errors.get(last - window);
        return Math.abs(before - errors.get(last)) < tolerance * before;
    }
}
