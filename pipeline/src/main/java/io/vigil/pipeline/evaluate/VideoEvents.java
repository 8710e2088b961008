package io.vigil.pipeline.evaluate;

import io.vigil.events.EventJson;
import io.vigil.events.FrameEvent;
import io.vigil.events.MalformedEventException;
import io.vigil.model.evaluate.Box;
import io.vigil.model.evaluate.CocoData;
import io.vigil.model.evaluate.EvaluationException;
import io.vigil.model.evaluate.ScoredBox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run wrote to its topic about one video, against what is known of its frames: the n-th
 * picture of the ground truth, in the order of the ids, is frame n; or a picture names its {@code
 * frame}.
 *
 * @param events {@code events.jsonl} of the run
 */
public record VideoEvents(Path events) {

  /**
   * @throws EvaluationException if there are not the events of the frames that the ground truth
   *     knows, or they cannot be read
   */
  public List<ScoredBox> of(CocoData truth) {
    boolean named = truth.images().stream().anyMatch(image -> image.frame().isPresent());
    var awaited = byFrame(truth.images(), named);
    var found = new ArrayList<ScoredBox>();
    for (var event : frames()) {
      var image = awaited.remove(event.seq());
      if (image != null) {
        event.detections().forEach(object -> found.add(box(image, object)));
      } else if (!named) {
        throw new EvaluationException(
            "%s has frame %d, but the ground truth ends after %d: it is of another video"
                .formatted(events, event.seq(), truth.images().size()));
      }
    }
    if (!awaited.isEmpty()) {
      throw new EvaluationException(
          "%s has no event of frame %d and of %d others that the ground truth knows: it is of another video, or frames failed"
              .formatted(events, awaited.firstKey(), awaited.size() - 1));
    }
    return found;
  }

  /** Where pictures say which frames they are, the other frames are not looked at. */
  private static SortedMap<Long, CocoData.Image> byFrame(
      List<CocoData.Image> images, boolean named) {
    var frames = new TreeMap<Long, CocoData.Image>();
    for (var image : images) {
      long frame = named ? image.frame().orElse(-1) : frames.size();
      if (frame < 0 || frames.put(frame, image) != null) {
        throw new EvaluationException(
            "The ground truth's picture %d says no frame, or one that another has too"
                .formatted(image.id()));
      }
    }
    return frames;
  }

  private List<FrameEvent> frames() {
    try (var lines = Files.lines(events, StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> !line.isBlank())
          .map(line -> EventJson.read(line.getBytes(StandardCharsets.UTF_8)))
          .filter(FrameEvent.class::isInstance)
          .map(FrameEvent.class::cast)
          .toList();
    } catch (IOException | MalformedEventException failure) {
      throw new EvaluationException(
          "%s: no events that can be read (%s)".formatted(events, failure.getMessage()), failure);
    }
  }

  private static ScoredBox box(CocoData.Image image, FrameEvent.DetectedObject object) {
    var box =
        new Box(object.x1(), object.y1(), object.x2() - object.x1(), object.y2() - object.y1());
    return new ScoredBox(image.id(), object.classId(), box, object.score());
  }
}
