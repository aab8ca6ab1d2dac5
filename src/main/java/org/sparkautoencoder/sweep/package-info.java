/**
 * Which trials a sweep makes, how they are judged, and how many of them go on at once.
 */
package org.sparkautoencoder.sweep;
