package io.vigil.pipeline.job;

import io.vigil.model.runtime.DefaultModel;
import io.vigil.model.runtime.ModelMetadata;
import java.util.Optional;

/** What whoever runs a model has to know before its events are believed. */
public final class Caution {
  private Caution() {}

  /** A sentence to be told once; empty if there is nothing to say. */
  public static Optional<String> of(ModelMetadata model) {
    if (!model.trained()) {
      return Optional.of(
          "The weights of %s are untrained: what it detects means nothing. Trained ones: vigil model pull %s, or --model FILE"
              .formatted(model.name(), model.level()));
    }
    return model.domain().equals(DefaultModel.NAME)
        ? Optional.of(
            "The model %s learned from drawn streets and from nothing else (domain: %s): on real ones it misses much and finds what is not there. A model for those: vigil model pull d0, then --model d0 (in a job's file model.file: d0); or train one: docs/training.md"
                .formatted(DefaultModel.NAME, model.domain()))
        : Optional.empty();
  }
}
