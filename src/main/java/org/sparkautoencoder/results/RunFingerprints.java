package org.sparkautoencoder.results;

/**
 * Fingerprints of the rows of a run, independent of their distribution over files.
 *
 * @param trainFingerprint hex fingerprint of the training rows
 * @param testFingerprint likewise of the test rows; null without a test set
 */
public record RunFingerprints(String trainFingerprint, String testFingerprint) {}
