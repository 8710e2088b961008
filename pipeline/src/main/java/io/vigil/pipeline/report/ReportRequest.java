package io.vigil.pipeline.report;

import io.vigil.events.StreamEvent.Ledger;
import io.vigil.model.runtime.ModelMetadata;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * What a report is made of.
 *
 * @param out folder that it goes into; made if it is not there
 * @param events the run's {@code events.jsonl}; events of a stream in order, streams in any
 * @param videos file by stream id, of every stream of the run, those without an event too
 * @param ledgers by stream id, as far as they are known
 * @param failures why a stream failed, by stream id
 * @param model that made the events
 * @param device that it ran on, such as {@code cpu}
 * @param elapsed from the first frame decoded to the last event committed
 * @param formats results in other formats
 * @param pictures what is drawn
 */
public record ReportRequest(
    Path out,
    Path events,
    Map<String, Path> videos,
    Map<String, Ledger> ledgers,
    Map<String, String> failures,
    ModelMetadata model,
    String device,
    Duration elapsed,
    Set<Format> formats,
    Set<Picture> pictures) {

  public ReportRequest {
    videos = Map.copyOf(videos);
    ledgers = Map.copyOf(ledgers);
    failures = Map.copyOf(failures);
    formats = Set.copyOf(formats);
    pictures = Set.copyOf(pictures);
  }

  /** Formats of other programs. */
  public enum Format {
    /** {@code coco-results.json}, with {@code coco-images.json} for its image ids. */
    COCO,
    /** MOT Challenge, a {@code .mot.txt} a stream. */
    MOT,
    /** {@code detections.csv}, a row a detection. */
    CSV
  }

  /** What is drawn of each stream. */
  public enum Picture {
    ANNOTATED_VIDEO,
    CONTACT_SHEET
  }
}
