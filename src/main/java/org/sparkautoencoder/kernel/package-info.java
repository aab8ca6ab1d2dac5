/**
 * The arithmetic over flat {@code float[]}: network layout, forward, backward, activations, momentum, and the counter-based random
 * numbers. The only owner of BLAS. Knows nothing of Spark.
 */
package org.sparkautoencoder.kernel;
