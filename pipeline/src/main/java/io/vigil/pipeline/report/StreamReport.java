package io.vigil.pipeline.report;

import io.vigil.events.StreamEvent.Ledger;
import io.vigil.pipeline.report.ReportRequest.Picture;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What is told of a stream.
 *
 * @param frames with an event
 * @param seconds between the first and the last of these
 * @param failure why the stream failed
 * @param pictures that were drawn of it
 */
public record StreamReport(
    String streamId,
    Optional<Path> video,
    long frames,
    double seconds,
    Map<String, Long> detectionsByClass,
    Optional<Ledger> ledger,
    Optional<String> failure,
    Map<Picture, Path> pictures) {

  public long detections() {
    return detectionsByClass.values().stream().mapToLong(Long::longValue).sum();
  }
}
