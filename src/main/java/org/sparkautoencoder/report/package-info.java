/**
 * One HTML page from the tables of a results folder, and nothing else: the study's figures beside its own values, its
 * claims with the verdict that the measurements give, and what is needed to run it again.
 */
package org.sparkautoencoder.report;
