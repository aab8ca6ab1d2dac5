/**
 * Everything measured, as rows in parquet that any other tool reads without this project. One record type per table
 * is its schema; the only owner of parquet. A NaN or infinite value of a nullable column is written as NULL.
 */
package org.sparkautoencoder.results;
