/**
 * Experiments, from settings to tables and models: a run, a sweep, the study. A listener is told how they proceed.
 */
package org.sparkautoencoder.runs;
