/**
 * Rows of numbers: CSV and IDX files, the data sets, synthetic digits, masking noise, dense shards.
 */
package org.sparkautoencoder.digits;
