/**
 * The commands, and the way from options to settings.
 */
package org.sparkautoencoder.cli;
