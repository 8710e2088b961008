package io.vigil.pipeline.report;

import io.vigil.connectors.video.decode.TimeBase;
import io.vigil.events.Event;
import io.vigil.events.EventJson;
import io.vigil.events.FrameEvent;
import io.vigil.events.FrameEvent.DetectedObject;
import io.vigil.model.runtime.ModelMetadata;
import io.vigil.pipeline.report.ReportRequest.Format;
import io.vigil.pipeline.report.ReportRequest.Picture;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the tests of reports are made of. */
final class Reports {
  static final TimeBase TIME_BASE = new TimeBase(1, 90_000);
  static final Color BACKGROUND = new Color(90, 90, 90);

  private Reports() {}

  static FrameEvent event(String streamId, long seq, long pts, DetectedObject... detections) {
    return new FrameEvent(
        "0".repeat(32),
        streamId,
        "s1",
        seq,
        pts,
        new FrameEvent.TimeBase(TIME_BASE.numerator(), TIME_BASE.denominator()),
        null,
        320,
        240,
        List.of(detections),
        new FrameEvent.ModelRef("efficientdet-d0", "ab", "coco"));
  }

  static DetectedObject car(double score, double x1, double y1, double x2, double y2) {
    return new DetectedObject(3, "car", score, x1, y1, x2, y2);
  }

  static Path write(Path file, Event... events) throws IOException {
    var lines = new ByteArrayOutputStream();
    for (var event : events) {
      lines.write(EventJson.write(event));
      lines.write('\n');
    }
    return Files.write(file, lines.toByteArray());
  }

  /** A grey video with a frame at each pts. */
  static Path video(Path file, int width, int height, long... pts) throws IOException {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    var graphics = image.createGraphics();
    graphics.setColor(BACKGROUND);
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    try (var writer = Mp4Writer.open(file, width, height, TIME_BASE, 25)) {
      for (long time : pts) {
        writer.write(image, time);
      }
      writer.finish();
    }
    return file;
  }

  static ModelMetadata model(boolean trained) {
    return new ModelMetadata(
        "efficientdet-d0",
        "d0",
        512,
        128,
        3,
        7,
        4,
        List.of(),
        List.of(),
        new double[3],
        new double[3],
        "same",
        "zero",
        100,
        "cd",
        trained,
        "coco",
        "Apache-2.0",
        "ab");
  }

  static ReportRequest request(
      Path out, Path events, Map<String, Path> videos, Set<Format> formats, Set<Picture> pictures) {
    return new ReportRequest(
        out,
        events,
        videos,
        Map.of(),
        Map.of(),
        model(true),
        "cpu",
        Duration.ofSeconds(2),
        formats,
        pictures);
  }
}
