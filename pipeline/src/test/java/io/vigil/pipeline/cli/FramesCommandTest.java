package io.vigil.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.events.EventJson;
import io.vigil.events.FrameEvent;
import io.vigil.events.FrameEvent.DetectedObject;
import io.vigil.model.runtime.ModelFiles;
import io.vigil.model.train.TrainingData;
import io.vigil.model.train.TruthBox;
import io.vigil.pipeline.job.Places;
import io.vigil.pipeline.train.CocoFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FramesCommandTest {

  @TempDir private Path folder;

  @Test
  void framesAndTheirEventsBecomeTrainingData() throws Exception {
    var events = write("events.jsonl", "street.mp4", "car");
    var out = folder.resolve("set");

    var run = frames(events, out, "--every", "2");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("3 frames with 2 objects are in " + out);
    var content = new CocoFolder(out, "train2017").read();
    assertThat(content.problems().lines()).isEmpty();
    assertThat(content.data().classes()).containsExactly("car");
    var pictures = content.data().pictures();
    assertThat(pictures).hasSize(3);
    // the car of frame 4, not the doubtful one beside it
    assertThat(pictures.get(2).objects()).containsExactly(new TruthBox(20, 14, 70, 114, 0));
    assertThat(pictures.get(2).name()).endsWith("street.mp4-000004.jpg");
    assertThat(pictures.get(2).source().read().width()).isEqualTo(768);
  }

  /** As of a run with --start or --fps: nobody looked at the others, so they are not empty. */
  @Test
  void framesWithoutAnEventAreNotTaken() throws Exception {
    var all = Files.readAllLines(write("all.jsonl", "street.mp4", "car"));
    var events = Files.write(folder.resolve("some.jsonl"), List.of(all.get(3), all.get(5)));
    var out = folder.resolve("set");

    var run = frames(events, out, "--every", "1");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(pictures(out))
        .extracting(picture -> Path.of(picture.name()).getFileName().toString())
        .containsExactly("street.mp4-000003.jpg", "street.mp4-000005.jpg");
  }

  @Test
  void whatIsCorrectedIsLearnedFromByTheModelThatWasWrong() throws Exception {
    var out = folder.resolve("set");
    var digest = ModelFiles.resolve("drawn", Places.models()).metadata().digest();
    var events = write("events.jsonl", "street.mp4", "car", digest);
    var made = frames(events, out, "--every", "4", "--model", "drawn");
    assertThat(made.exitCode()).as(made.err()).isZero();
    assertThat(new CocoFolder(out, "train2017").read().data().classes())
        .containsExactly("person", "bicycle", "car", "bus", "truck");

    // It was a bus, which the events know nothing of, and a little wider
    var file = out.resolve("annotations/instances_train2017.json");
    var found = Files.readString(file);
    assertThat(found).contains("\"category_id\":3,\"bbox\":[14.0,20.0,100.0,50.0]");
    Files.writeString(
        file,
        found.replace(
            "\"category_id\":3,\"bbox\":[14.0,20.0,100.0,50.0]",
            "\"category_id\":6,\"bbox\":[14.0,20.0,120.0,50.0]"));
    assertThat(pictures(out).get(1).objects()).containsExactly(new TruthBox(20, 14, 70, 134, 3));
    var weights = "../model/src/main/resources/io/vigil/model/runtime/drawn/weights.safetensors";
    var train =
        "train --data %s --weights %s --anchor-scale 2.5 --size 128 --resolution 128 --batch 2 --epochs 1 --warmup 0.5 --out %s"
            .formatted(out, weights, folder.resolve("run"));
    var run = CommandLineRun.of(train.split(" "));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(folder.resolve("run/model.onnx")).exists();
  }

  @Test
  void aSetGrowsAndNeverMixesClasses() throws Exception {
    var out = folder.resolve("set");
    frames(write("a.jsonl", "street.mp4", "car"), out, "--every", "4");
    // Frame 0 is in the set, and perhaps corrected
    var more =
        frames(write("b.jsonl", "street.mp4", "car"), out, "--every", "3", "--score", "0.05");

    assertThat(more.err())
        .contains("1 frames of a video 'street.mp4' were there already and stay as they are");
    assertThat(pictures(out))
        .extracting(picture -> picture.objects().size())
        .containsExactly(0, 1, 2);

    frames(write("d.jsonl", "street.mp4", "car"), out, "--every", "4", "--name", "other");
    assertThat(pictures(out))
        .extracting(picture -> Path.of(picture.name()).getFileName().toString())
        .containsExactly(
            "street.mp4-000000.jpg",
            "street.mp4-000004.jpg",
            "street.mp4-000003.jpg",
            "other-000000.jpg",
            "other-000004.jpg");

    var other = frames(write("c.jsonl", "street.mp4", "van"), out, "--every", "5");
    assertThat(other.exitCode()).isEqualTo(1);
    assertThat(other.err())
        .contains(
            "calls class 3 'car', the events or their model call it 'van': name another --out or --split");
  }

  @Test
  void eventsOfOtherStreamsAreRefused() throws Exception {
    var two = folder.resolve("two.jsonl");
    Files.write(two, Files.readAllBytes(write("a.jsonl", "a.mp4", "car")));
    Files.write(
        two,
        Files.readAllBytes(write("b.jsonl", "b.mp4", "car")),
        java.nio.file.StandardOpenOption.APPEND);

    var run = frames(two, folder.resolve("set"), "--every", "4");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains(two + " is of a.mp4, b.mp4: name the stream of " + CommandLineRun.STREET)
        .contains(" with --stream");
    assertThat(folder.resolve("set")).doesNotExist();

    // One stream, but another video's
    var other = write("c.jsonl", "b.mp4", "car");
    assertThat(frames(other, folder.resolve("set"), "--every", "4").err())
        .contains(other + " is of b.mp4: name the stream of ");
    assertThat(folder.resolve("set")).doesNotExist();
    assertThat(frames(other, folder.resolve("set"), "--stream", "b.mp4").exitCode()).isZero();

    var none = Files.createFile(folder.resolve("none.jsonl"));
    assertThat(frames(none, folder.resolve("set")).err()).contains(none + " has no events");
  }

  @Test
  void classesOfAModelThatTheEventsAreNotOfAreRefused() throws Exception {
    var events = write("a.jsonl", "street.mp4", "car");

    var run = frames(events, folder.resolve("set"), "--model", "drawn");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains(events + " is of the model efficientdet-d0 of domain own (SHA-256 000000");
    assertThat(folder.resolve("set")).doesNotExist();
  }

  private static List<TrainingData.Picture> pictures(Path set) {
    var content = new CocoFolder(set, "train2017").read();
    assertThat(content.problems().lines()).isEmpty();
    return content.data().pictures();
  }

  private static CommandLineRun frames(Path events, Path out, String... more) {
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("frames", CommandLineRun.STREET.toString()));
    arguments.addAll(List.of("--events", events.toString(), "--out", out.toString()));
    arguments.addAll(List.of(more));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  private Path write(String name, String stream, String carName) throws IOException {
    return write(name, stream, carName, "0".repeat(64));
  }

  private Path write(String name, String stream, String carName, String digest) throws IOException {
    var lines = new ArrayList<String>();
    for (var seq = 0; seq < 6; seq++) {
      var car = new DetectedObject(3, carName, 0.9, 10 + seq, 20, 110 + seq, 70);
      var doubtful = new DetectedObject(3, carName, 0.1, 200, 20, 210, 70);
      var objects = seq == 0 ? List.<DetectedObject>of() : List.of(car, doubtful);
      lines.add(
          new String(
              EventJson.write(
                  new FrameEvent(
                      "id" + seq,
                      stream,
                      "session",
                      seq,
                      seq,
                      new FrameEvent.TimeBase(1, 12),
                      null,
                      768,
                      432,
                      objects,
                      new FrameEvent.ModelRef("efficientdet-d0", digest, "own"))),
              StandardCharsets.UTF_8));
    }
    return Files.write(folder.resolve(name), lines);
  }
}
