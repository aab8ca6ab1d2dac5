/**
 * All measurements as parquet tables, which other tools can read without this project. One record type per table is its schema.
 * Only this package uses parquet. NaN and infinity in a nullable column are written as NULL.
 */
package org.sparkautoencoder.results;
