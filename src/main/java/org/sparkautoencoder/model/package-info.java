/**
 * Networks that are saved and used: model files, inference over rows, errors and confusion matrices.
 */
package org.sparkautoencoder.model;
