package org.sparkautoencoder.exchange;

/** What the executors of a training exchange in a step: factors, or sums of gradients and parameters. */
sealed interface StepExchange permits FactorExchange, GradientExchange {}
