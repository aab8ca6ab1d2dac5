package org.sparkautoencoder.results;

/**
 * What tells one set of rows from another, however they lie in files.
 *
 * @param trainFingerprint hex fingerprint of the training rows
 * @param testFingerprint likewise of the test rows; null without a test set
 */
public record RunFingerprints(String trainFingerprint, String testFingerprint) {}
