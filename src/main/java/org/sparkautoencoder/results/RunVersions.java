package org.sparkautoencoder.results;

/**
 * The versions of the software of a run.
 *
 * @param appVersion this project's version
 * @param gitCommit its commit; null if unknown
 * @param sparkVersion Spark's version
 * @param javaVersion the driver's Java version
 */
public record RunVersions(String appVersion, String gitCommit, String sparkVersion, String javaVersion) {}
