package org.sparkautoencoder.results;

/**
 * The run and the sweep that a run depends on.
 *
 * @param parentRunId the run whose model this one starts from; null if none
 * @param sweepId the sweep of which this run is a trial; null if none
 */
public record RunOrigin(String parentRunId, String sweepId) {}
