package io.vigil.model.evaluate;

/**
 * A detection.
 *
 * @param categoryId the data set's own
 */
public record ScoredBox(long imageId, long categoryId, Box box, double score) {}
