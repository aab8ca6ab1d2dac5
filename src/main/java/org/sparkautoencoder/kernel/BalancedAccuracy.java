package org.sparkautoencoder.kernel;

/** The mean recall of the classes that there are. */
public final class BalancedAccuracy {
    private BalancedAccuracy() {}

    /**
     * Of counts by class; 0 where there are no rows at all.
     *
     * @param right rows of the class that were predicted so
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
