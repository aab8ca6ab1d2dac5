package org.sparkautoencoder.results;

/**
 * What a run began with and belongs to.
 *
 * @param parentRunId the run whose model this one started from; null if none
 * @param sweepId the sweep this run is a trial of; null if none
 */
public record RunOrigin(String parentRunId, String sweepId) {}
