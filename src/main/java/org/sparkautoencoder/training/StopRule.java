package org.sparkautoencoder.training;

import java.io.Serializable;
import java.util.List;

/** When a training stops early. */
public interface StopRule extends Serializable {
    /** Whether to stop after the last of these epochs' training errors. */
    boolean fires(List<Double> errors);
}
