/**
 * From rows to dense shards: sharding, then masking noise, one-hot targets and a frozen encoder's outputs, each a map from
 * shard to shard.
 */
package org.sparkautoencoder.shards;
