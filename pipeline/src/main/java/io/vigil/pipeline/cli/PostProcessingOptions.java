package io.vigil.pipeline.cli;

import picocli.CommandLine.Option;

/** How a network's outputs become detections; texts, which the configuration reads. */
final class PostProcessingOptions {
  @Option(
      names = "--convention",
      paramLabel = "NAME",
      description = "Whose details are followed: google, google-export, zylo117, effdet (google).")
  private String convention;

  @Option(
      names = "--suppression",
      paramLabel = "KIND",
      description =
          "hard drops boxes that overlap a better one, gaussian lowers their scores (hard;"
              + " evaluation: the convention's own).")
  private String suppression;

  @Option(
      names = "--iou",
      paramLabel = "O",
      description = "Overlap above which hard suppression drops the weaker of two boxes (0.5).")
  private String iou;

  @Option(names = "--sigma", paramLabel = "S", description = "Width of gaussian suppression (0.5).")
  private String sigma;

  @Option(
      names = "--class-agnostic",
      description = "Boxes suppress those of other classes, too (google-export's own way).")
  private boolean classAgnostic;

  @Option(
      names = "--class-scores",
      paramLabel = "NAME=S,...",
      description = "Lowest scores of single classes, such as car=0.5,person=0.2.")
  private String classScores;

  @Option(
      names = "--max",
      paramLabel = "N",
      description = "Most detections of a picture (100; evaluation as zylo117: 5000).")
  private String max;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description =
          "Candidates of a picture that are looked at (what the model gives, 1000 by name;"
              + " evaluation: 5000).")
  private String topK;
}
