/**
 * The commands: options, the console and exit codes. The only package that prints.
 */
package org.sparkautoencoder.cli;
