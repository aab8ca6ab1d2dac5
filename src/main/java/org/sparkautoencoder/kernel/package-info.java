/**
 * The arithmetic over flat {@code float[]}: network layout, forward, backward, activations, momentum.
 * The only owner of BLAS. Knows nothing of Spark.
 */
package org.sparkautoencoder.kernel;
