package org.sparkautoencoder.results;

/**
 * Which versions ran.
 *
 * @param appVersion this project's version
 * @param gitCommit its commit; null if unknown
 * @param sparkVersion Spark's version
 * @param javaVersion the driver's Java
 */
public record RunVersions(String appVersion, String gitCommit, String sparkVersion, String javaVersion) {}
