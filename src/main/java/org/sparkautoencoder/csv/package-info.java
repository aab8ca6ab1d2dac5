/**
 * Files of rows: the dialect, the parser, bad rows, and the loaded data set with its fingerprint.
 */
package org.sparkautoencoder.csv;
