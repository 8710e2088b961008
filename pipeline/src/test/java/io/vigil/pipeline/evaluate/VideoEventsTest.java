package io.vigil.pipeline.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vigil.events.EventJson;
import io.vigil.events.FrameEvent;
import io.vigil.events.FrameEvent.DetectedObject;
import io.vigil.model.evaluate.CocoData;
import io.vigil.model.evaluate.CocoEvaluation;
import io.vigil.model.evaluate.EvaluationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoEventsTest {

  @TempDir private Path folder;
  private CocoData truth;

  /** Frame 0 has a car, frame 1 none, frame 2 a person; ids neither begin at 0 nor are in order. */
  @BeforeEach
  void writeTruth() throws IOException {
    var file = folder.resolve("clip.json");
    Files.writeString(
        file,
        """
        {"images": [
           {"id": 30, "file_name": "clip.mp4", "width": 640, "height": 360},
           {"id": 10, "file_name": "clip.mp4", "width": 640, "height": 360},
           {"id": 20, "file_name": "clip.mp4", "width": 640, "height": 360}],
         "categories": [{"id": 1, "name": "person"}, {"id": 3, "name": "car"}],
         "annotations": [
           {"id": 1, "image_id": 10, "category_id": 3, "bbox": [10, 20, 100, 50], "area": 5000},
           {"id": 2, "image_id": 30, "category_id": 1, "bbox": [300, 100, 40, 90], "area": 3600}]}
        """);
    truth = CocoData.read(file);
  }

  @Test
  void theNthPictureOfTheTruthIsFrameN() throws IOException {
    var events = write(List.of(event(0, car()), event(1), event(2, person())));

    assertThat(CocoEvaluation.of(truth, events.of(truth)).ap()).isCloseTo(1, within(1e-9));

    var late = write(List.of(event(0), event(1, car()), event(2, person())));
    assertThat(CocoEvaluation.of(truth, late.of(truth)).ap()).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void eventsOfOtherFramesAreRefused() throws IOException {
    var few = write(List.of(event(0), event(1)));
    assertThatThrownBy(() -> few.of(truth))
        .isInstanceOf(EvaluationException.class)
        .hasMessageEndingWith(
            "has no event of frame 2 and of 0 others that the ground truth knows: it is of another video, or frames failed");

    var many = write(List.of(event(0), event(1), event(2), event(3)));
    assertThatThrownBy(() -> many.of(truth))
        .hasMessageEndingWith(
            "has frame 3, but the ground truth ends after 3: it is of another video");
  }

  /** Of labelled frames only; what was found in the others is neither right nor wrong. */
  @Test
  void aTruthMayKnowSomeFramesOnly() throws IOException {
    var file = folder.resolve("some.json");
    Files.writeString(
        file,
        """
        {"images": [
           {"id": 5, "frame": 1, "file_name": "clip.mp4", "width": 640, "height": 360},
           {"id": 9, "frame": 3, "file_name": "clip.mp4", "width": 640, "height": 360}],
         "categories": [{"id": 3, "name": "car"}],
         "annotations": [
           {"id": 1, "image_id": 9, "category_id": 3, "bbox": [10, 20, 100, 50], "area": 5000}]}
        """);
    var some = CocoData.read(file);
    var events = write(List.of(event(0, car()), event(1), event(2, car()), event(3, car())));

    assertThat(CocoEvaluation.of(some, events.of(some)).ap()).isCloseTo(1, within(1e-9));
    assertThat(events.of(some)).hasSize(1);
    var cut = write(List.of(event(0), event(1)));
    assertThatThrownBy(() -> cut.of(some)).hasMessageContaining("has no event of frame 3 and of 0");
  }

  /** As {@code vigil eval --video} does it with several. */
  @Test
  void severalTruthsBecomeOne() throws IOException {
    var second = truth.numberedBehind(truth);
    var events = write(List.of(event(0, car()), event(1), event(2, person())));
    var found = new ArrayList<>(events.of(truth));
    found.addAll(events.of(second));
    var both = truth.with(second);

    assertThat(both.images()).hasSize(6).extracting("id").doesNotHaveDuplicates();
    assertThat(both.annotations()).hasSize(4).extracting("id").doesNotHaveDuplicates();
    assertThat(both.categories()).hasSize(2);
    assertThat(CocoEvaluation.of(both, found).ap()).isCloseTo(1, within(1e-9));
    assertThat(CocoEvaluation.of(both, events.of(truth)).ap()).isLessThan(0.6);
  }

  private VideoEvents write(List<FrameEvent> events) throws IOException {
    var lines = new ArrayList<String>();
    events.forEach(event -> lines.add(new String(EventJson.write(event), StandardCharsets.UTF_8)));
    return new VideoEvents(Files.write(folder.resolve("events.jsonl"), lines));
  }

  private static DetectedObject car() {
    return new DetectedObject(3, "car", 0.9, 10, 20, 110, 70);
  }

  private static DetectedObject person() {
    return new DetectedObject(1, "person", 0.8, 300, 100, 340, 190);
  }

  private static FrameEvent event(long seq, DetectedObject... objects) {
    return new FrameEvent(
        "id" + seq,
        "clip.mp4",
        "session",
        seq,
        seq * 40,
        new FrameEvent.TimeBase(1, 1000),
        null,
        640,
        360,
        List.of(objects),
        new FrameEvent.ModelRef("efficientdet-d0", "0".repeat(64), "drawn"));
  }
}
