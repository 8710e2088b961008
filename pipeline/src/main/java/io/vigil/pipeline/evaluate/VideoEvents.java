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

/**
 * What a run wrote to its topic about one video, against what is known of its frames: the n-th
 * picture of the ground truth, in the order of the ids, is frame n.
 *
 * @param events {@code events.jsonl} of the run
 */
public record VideoEvents(Path events) {

  /**
   * @throws EvaluationException if the events are not of as many frames as the ground truth knows,
   *     or cannot be read
   */
  public List<ScoredBox> of(CocoData truth) {
    var found = new ArrayList<ScoredBox>();
    var frames = 0;
    for (var event : frames()) {
      if (event.seq() >= truth.images().size()) {
        throw new EvaluationException(
            "%s has frame %d, but the ground truth ends after %d: it is of another video"
                .formatted(events, event.seq(), truth.images().size()));
      }
      var image = truth.images().get((int) event.seq());
      event.detections().forEach(object -> found.add(box(image, object)));
      frames++;
    }
    if (frames != truth.images().size()) {
      throw new EvaluationException(
          "%s has events of %d frames, but the ground truth knows %d: it is of another video, or frames failed"
              .formatted(events, frames, truth.images().size()));
    }
    return found;
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
