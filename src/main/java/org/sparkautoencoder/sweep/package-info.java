/**
 * The trials of a sweep, how they are compared and pruned, and how many run at once.
 */
package org.sparkautoencoder.sweep;
