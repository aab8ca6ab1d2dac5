/**
 * Data sets that are made: the study's digits, all of MNIST, synthetic digits and a user's images, with downloads and
 * provenance.
 */
package org.sparkautoencoder.datasets;
