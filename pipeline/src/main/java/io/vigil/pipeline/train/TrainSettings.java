package io.vigil.pipeline.train;

import io.vigil.model.runtime.ModelMetadata.Label;
import io.vigil.model.train.TrainingData;
import io.vigil.model.train.TrainingPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A training run.
 *
 * @param plan how it learns
 * @param data what from
 * @param labels the classes
 * @param domain what the pictures are of; stands in every event of the model
 * @param licence of the weights, SPDX
 * @param told what the run was told, by option; a resumed one must be told the same
 * @param out folder of checkpoint, table, curve, weights and model
 * @param validation what it is measured on; empty for nothing
 * @param validateEvery epochs
 * @param checkpointEvery time from one checkpoint to the next
 */
public record TrainSettings(
    TrainingPlan plan,
    TrainingData data,
    List<Label> labels,
    String domain,
    String licence,
    SortedMap<String, String> told,
    Path out,
    Optional<Validation> validation,
    double validateEvery,
    Duration checkpointEvery) {

  public Path checkpoint() {
    return out.resolve("checkpoint.safetensors");
  }

  Path table() {
    return out.resolve("progress.tsv");
  }

  Path curve() {
    return out.resolve("curve.png");
  }

  Path weights() {
    return out.resolve("weights.safetensors");
  }

  Path model() {
    return out.resolve("model.onnx");
  }
}
