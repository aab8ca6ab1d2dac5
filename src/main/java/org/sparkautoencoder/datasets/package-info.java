/**
 * Data sets that are made: the study's digits, all of MNIST, synthetic digits and raw images, with downloads and provenance.
 */
package org.sparkautoencoder.datasets;
