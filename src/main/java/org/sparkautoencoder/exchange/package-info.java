/**
 * The coordinator, which is the state of a training in the driver, and the two levels of synchronisation: between the workers
 * of a JVM, and between executors over Spark's network layer, which this package alone uses.
 */
package org.sparkautoencoder.exchange;
