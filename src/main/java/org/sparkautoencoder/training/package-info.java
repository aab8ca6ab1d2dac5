/**
 * One training as one barrier stage: settings, the driver's loop, the worker's loop, the step, and early stopping.
 */
package org.sparkautoencoder.training;
