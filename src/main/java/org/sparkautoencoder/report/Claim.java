package org.sparkautoencoder.report;

/**
 * A claim of the study and what became of it.
 *
 * @param number 1..8
 * @param text the claim
 * @param rule what decides it
 * @param measured the numbers that the rule was applied to
 * @param why two sentences
 */
record Claim(int number, String text, String rule, String measured, Verdict verdict, String why) {}
