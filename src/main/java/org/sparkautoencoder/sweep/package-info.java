/**
 * Which trials a sweep makes, how they are compared, and how many of them run at once.
 */
package org.sparkautoencoder.sweep;
