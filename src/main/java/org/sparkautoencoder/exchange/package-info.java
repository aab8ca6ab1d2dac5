/**
 * The coordinator, which holds a training's state in the driver, and the two levels of synchronisation: between the workers of
 * a JVM, and between executors over Spark's network layer, which only this package uses.
 */
package org.sparkautoencoder.exchange;
