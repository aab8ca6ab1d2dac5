package org.sparkautoencoder.kernel;

/** The mean recall of the classes that have rows. */
public final class BalancedAccuracy {
    private BalancedAccuracy() {}

    /**
     * Computes it from counts by class; 0 without rows.
     *
     * @param right rows of the class that were predicted right
     * @param rows rows of the class
     */
    public static double of(double[] right, double[] rows) {
        double recalls = 0;
        int classes = 0;
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] > 0) {
                recalls += right[i] / rows[i];
                classes++;
            }
        }
        return classes == 0 ? 0 : recalls / classes;
    }
}
