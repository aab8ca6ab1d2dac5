/**
 * How the shards of a minibatch meet: the coordinator, which is the state of a training, and the way to it.
 */
package org.sparkautoencoder.exchange;
