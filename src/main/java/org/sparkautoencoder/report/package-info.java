/**
 * One HTML page from the tables of a results folder: the study's figures with its own values, its claims with their verdicts,
 * and the settings and commands of the runs.
 */
package org.sparkautoencoder.report;
