package io.vigil.pipeline.bench;

import io.vigil.connectors.video.metrics.VigilMetric;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * What each stage of a run took, over all subtasks.
 *
 * @param totals by metric name
 */
record StageTimes(Map<String, Long> totals) {

  /** What is printed, by metric. Waits are of a frame, the others of a thread. */
  private static final Map<String, String> STAGES = new LinkedHashMap<>();

  static {
    STAGES.put(VigilMetric.DECODE_NANOS.id(), "decode");
    STAGES.put(VigilMetric.LETTERBOX_NANOS.id(), "letterbox");
    STAGES.put(VigilMetric.BATCH_WAIT_NANOS.id(), "batch wait");
    STAGES.put(VigilMetric.DEVICE_WAIT_NANOS.id(), "device wait");
    STAGES.put(VigilMetric.COPY_NANOS.id(), "copy");
    STAGES.put(VigilMetric.INFERENCE_NANOS.id(), "inference");
    STAGES.put(VigilMetric.POST_PROCESSING_NANOS.id(), "post-processing");
    STAGES.put(VigilMetric.ORDER_WAIT_NANOS.id(), "queue");
    STAGES.put(VigilMetric.EMIT_NANOS.id(), "serialise and send");
  }

  static StageTimes read(Path file) throws IOException {
    var properties = new Properties();
    try (var in = Files.newInputStream(file)) {
      properties.load(in);
    }
    return new StageTimes(
        properties.stringPropertyNames().stream()
            .collect(
                Collectors.toMap(
                    name -> name, name -> Long.parseLong(properties.getProperty(name)))));
  }

  long total(String metric) {
    return totals.getOrDefault(metric, 0L);
  }

  /**
   * @param elapsed nanoseconds of the whole run
   */
  void print(PrintWriter out, long frames, long elapsed) {
    out.printf("  %-20s %12s %16s%n", "stage", "ms a frame", "of elapsed time");
    STAGES.forEach(
        (metric, stage) ->
            out.printf(
                Locale.ROOT,
                "  %-20s %12.3f %15.1f%%%n",
                stage,
                total(metric) / 1e6 / frames,
                100.0 * total(metric) / elapsed));
    out.println("  (stages run at the same time, so they add up to more than 100 %)");
  }
}
