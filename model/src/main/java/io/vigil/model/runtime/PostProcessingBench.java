package io.vigil.model.runtime;

import io.vigil.model.backend.OnnxExport;
import io.vigil.model.backend.OnnxOptions;
import io.vigil.model.backend.ShapeReading;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.detect.AnchorLayout;
import io.vigil.model.detect.Anchors;
import io.vigil.model.detect.Candidates;
import io.vigil.model.detect.DetectionSettings;
import io.vigil.model.detect.Letterbox;
import io.vigil.model.detect.PostProcessor;
import io.vigil.model.weights.InitialWeights;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What post-processing one picture costs beside the network, each on one core, in turns. An
 * untrained network finds nothing to process, so the candidates are drawn: objects with a cluster
 * of anchors each, as a trained network gives them, and noise below.
 *
 * <pre>{@code
 * System.out.println(PostProcessingBench.run("d0", 30));
 * }</pre>
 */
public final class PostProcessingBench {
  private static final int WARM_UP = 20;
  private static final int OBJECTS = 24;
  private static final int CLUSTER = 40;

  private PostProcessingBench() {}

  private record Subject(String name, PostProcessor postProcessor, Candidates candidates) {}

  /**
   * @return a line for each kind, with its share of the network's time; the shares are medians
   * @throws IllegalArgumentException if there is no such model
   */
  public static String run(String model, int rounds) {
    var config = EfficientDetConfig.named(model);
    int side = config.resolution();
    var layout =
        new AnchorLayout(
            EfficientDetConfig.MIN_LEVEL,
            config.maxLevel(),
            config.anchorScale(),
            AnchorLayout.OCTAVES,
            AnchorLayout.pairs());
    var anchors = Anchors.of(layout, side, side);
    var letterbox = Letterbox.of(2 * side, 2 * side, side, config.sizeMultiple(), true);
    var subjects = subjects(anchors.count(), config.classes());
    Map<String, List<Double>> times = new LinkedHashMap<>();
    List<Double> network = new ArrayList<>();
    var export =
        OnnxExport.export(
            config,
            InitialWeights.of(ShapeReading.of(config).parameters(), 1),
            OnnxOptions.production(OnnxOptions.STREAM_TOP_K));
    try (var session = OnnxSession.open(export.toByteArray(), 1)) {
      var picture = ByteBuffer.allocateDirect(3 * side * side);
      for (int round = -WARM_UP; round < rounds; round++) {
        if (round >= -1) {
          long start = System.nanoTime();
          session.run(picture, 1, side, side);
          note(network, start, round);
        }
        for (var subject : subjects) {
          long start = System.nanoTime();
          subject.postProcessor.detect(subject.candidates, anchors, letterbox);
          note(times.computeIfAbsent(subject.name, name -> new ArrayList<>()), start, round);
        }
      }
    }
    return text(config, rounds, network, times);
  }

  private static void note(List<Double> times, long start, int round) {
    if (round >= 0) {
      times.add((System.nanoTime() - start) / 1e6);
    }
  }

  private static List<Subject> subjects(int anchors, int classes) {
    var stream = DetectionSettings.withScore(0.3f);
    var evaluation = DetectionSettings.withScore(0);
    var few = candidates(OnnxOptions.STREAM_TOP_K, anchors, classes);
    var many = candidates(DetectionSettings.REFERENCE_PAIRS, anchors, classes);
    return List.of(
        new Subject("a stream: top 1000, score 0.3, hard", new PostProcessor(stream), few),
        new Subject(
            "a stream: top 1000, score 0.3, gaussian",
            new PostProcessor(stream.withGaussian(0.5f)),
            few),
        new Subject("evaluation: top 5000, score 0, hard", new PostProcessor(evaluation), many),
        new Subject(
            "evaluation: top 5000, score 0, gaussian",
            new PostProcessor(evaluation.withGaussian(0.5f)),
            many));
  }

  /** By falling logit, as the network gives them. */
  private static Candidates candidates(int count, int anchors, int classes) {
    var random = new Random(1);
    double[] logits = new double[count];
    int[] anchorOf = new int[count];
    int[] classOf = new int[count];
    for (int i = 0; i < count; i++) {
      int object = i / CLUSTER;
      boolean noise = object >= OBJECTS;
      int centre = (int) (new Random(object).nextDouble() * (anchors - CLUSTER));
      logits[i] = noise ? -3 - random.nextDouble() : 4 - 7.0 * (i % CLUSTER) / CLUSTER;
      anchorOf[i] = noise ? random.nextInt(anchors) : centre + i % CLUSTER;
      classOf[i] = noise ? random.nextInt(classes) : object % 6;
    }
    int[] order =
        IntStream.range(0, count)
            .boxed()
            .sorted((a, b) -> Double.compare(logits[b], logits[a]))
            .mapToInt(i -> i)
            .toArray();
    float[] sorted = new float[count];
    float[] regression = new float[4 * count];
    for (int i = 0; i < count; i++) {
      sorted[i] = (float) logits[order[i]];
    }
    for (int i = 0; i < regression.length; i++) {
      regression[i] = (float) (0.2 * random.nextGaussian());
    }
    return new Candidates(
        sorted,
        Arrays.stream(order).map(i -> classOf[i]).toArray(),
        Arrays.stream(order).map(i -> anchorOf[i]).toArray(),
        regression);
  }

  private static String text(
      EfficientDetConfig config,
      int rounds,
      List<Double> network,
      Map<String, List<Double>> times) {
    double whole = median(network);
    String head =
        "%s at %d x %d on one core, %d rounds; medians%n  %-44s %8.3f ms%n"
            .formatted(
                config.name(), config.resolution(), config.resolution(), rounds, "network", whole);
    return times.entrySet().stream()
        .map(
            entry ->
                "  %-44s %8.3f ms  %6.2f %%%n"
                    .formatted(
                        entry.getKey(),
                        median(entry.getValue()),
                        100 * median(entry.getValue()) / whole))
        .collect(Collectors.joining("", head, "  (at most 2 % for a stream)"));
  }

  private static double median(List<Double> times) {
    return times.stream().sorted().toList().get(times.size() / 2);
  }
}
