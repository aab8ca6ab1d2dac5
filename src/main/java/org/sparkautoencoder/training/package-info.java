/**
 * One training as one barrier stage: settings, the driver's loop, the worker's loop, early stopping,
 * evaluation and model files.
 */
package org.sparkautoencoder.training;
