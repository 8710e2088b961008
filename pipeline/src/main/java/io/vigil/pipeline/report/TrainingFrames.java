package io.vigil.pipeline.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigil.connectors.video.decode.VideoDecoder;
import io.vigil.connectors.video.decode.VideoException;
import io.vigil.events.FrameEvent.DetectedObject;
import io.vigil.events.FrameEvent.ModelRef;
import io.vigil.model.runtime.ModelMetadata;
import io.vigil.model.weights.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/**
 * Frames of a video and what its events say of them, as a COCO data set: to be corrected in any
 * program that knows the format, and learned from. A set that is there already grows; what it has
 * stays, as it may have been corrected.
 */
public final class TrainingFrames implements FrameSink, AutoCloseable {
  private static final float QUALITY = 0.95f;

  private final Settings settings;
  private final Path file;
  private final ObjectNode set;
  private final Map<Integer, String> categories = new TreeMap<>();
  private final Set<String> known = new HashSet<>();
  private final ImageWriter jpeg = ImageIO.getImageWritersByFormatName("jpeg").next();
  private long lastImage;
  private long lastAnnotation;
  private long detected;
  private int frames;
  private int objects;
  private int kept;

  /**
   * @param video the file
   * @param events {@code events.jsonl} of a run over it
   * @param streamId the video's in the events; null if they are of one stream, which is called as
   *     the file
   * @param name of the video in the names of its pictures
   * @param out folder of the set
   * @param split such as {@code train2017}
   * @param every how many frames that have an event from one that is taken to the next
   * @param score lowest score of an object that is taken
   * @param model what the events are of; the set gets its classes, whether an object is of them or
   *     not
   */
  public record Settings(
      Path video,
      Path events,
      String streamId,
      String name,
      Path out,
      String split,
      int every,
      double score,
      Optional<ModelMetadata> model) {}

  /**
   * What the set got.
   *
   * @param kept frames that it had already
   */
  public record Added(int frames, int objects, int kept, Path file) {}

  /**
   * @param progress told how many frames of the video are done
   * @throws ReportException if events or video cannot be read, or the set cannot be written
   */
  public static Added write(Settings settings, LongConsumer progress) {
    System.setProperty("java.awt.headless", "true");
    var events = EventFile.index(settings.events());
    var streamId = streamId(settings, events);
    try (var frames = new TrainingFrames(settings);
        var cursor = events.open(streamId);
        var decoder = VideoDecoder.open(settings.video(), 0)) {
      var last = lastSeq(settings, events, streamId);
      new VideoPass(decoder, cursor, List.of(frames)).run(last, progress);
      return frames.finish();
    } catch (VideoException failure) {
      throw new ReportException(failure.getMessage(), failure);
    }
  }

  private static String streamId(Settings settings, EventFile events) {
    var known = events.streamIds();
    if (known.isEmpty()) {
      throw new ReportException(settings.events() + " has no events: name those of a run over it");
    }
    var asked = settings.streamId();
    if (asked == null && ofVideo(settings, known)) {
      return known.first();
    }
    if (asked == null || !known.contains(asked)) {
      throw new ReportException(
          "%s is of %s: name the stream of %s with --stream"
              .formatted(settings.events(), String.join(", ", known), settings.video()));
    }
    return asked;
  }

  /** Boxes of another video would lie anywhere. */
  private static boolean ofVideo(Settings settings, SortedSet<String> streams) {
    return streams.size() == 1
        && Path.of(streams.first()).getFileName().equals(settings.video().getFileName());
  }

  private static long lastSeq(Settings settings, EventFile events, String streamId) {
    var last = -1L;
    try (var cursor = events.open(streamId)) {
      for (var event = cursor.next(); event != null; event = cursor.next()) {
        requireModel(settings, event.model());
        last = event.seq();
      }
    }
    return last;
  }

  private static void requireModel(Settings settings, ModelRef told) {
    settings
        .model()
        .filter(model -> !model.digest().equals(told.digest()))
        .ifPresent(
            other -> {
              throw new ReportException(
                  "%s is of the model %s of domain %s (SHA-256 %s), not of that of --model: name the one that the run detected with, or leave it out"
                      .formatted(settings.events(), told.name(), told.domain(), told.digest()));
            });
  }

  private TrainingFrames(Settings settings) {
    this.settings = settings;
    this.file = settings.out().resolve("annotations/instances_" + settings.split() + ".json");
    this.set = read(file);
    list("categories")
        .forEach(one -> categories.put(one.path("id").asInt(), one.path("name").asText()));
    settings
        .model()
        .ifPresent(model -> model.labels().forEach(label -> categorise(label.id(), label.name())));
    list("images")
        .forEach(
            one -> {
              lastImage = Math.max(lastImage, one.path("id").asLong());
              known.add(one.path("file_name").asText());
            });
    list("annotations")
        .forEach(one -> lastAnnotation = Math.max(lastAnnotation, one.path("id").asLong()));
  }

  private static ObjectNode read(Path file) {
    var mapper = new ObjectMapper();
    if (!Files.exists(file)) {
      return mapper.createObjectNode();
    }
    try {
      return (ObjectNode) mapper.readTree(file.toFile());
    } catch (IOException | ClassCastException failure) {
      throw new ReportException(
          file + " is there and no COCO data set: name another --out or --split", failure);
    }
  }

  private ArrayNode list(String name) {
    return set.withArray(name);
  }

  /** A frame without an event is none without objects: nobody looked. */
  @Override
  public boolean wants(long seq, boolean detected) {
    return detected && this.detected++ % settings.every() == 0;
  }

  @Override
  public void frame(Frame frame) {
    var name = settings.name() + "-%06d.jpg".formatted(frame.seq());
    if (!known.add(name)) {
      kept++;
      return;
    }
    write(frame, settings.out().resolve(settings.split()).resolve(name));
    var image = list("images").addObject();
    image.put("id", ++lastImage);
    image.put("file_name", name);
    image.put("width", frame.picture().getWidth());
    image.put("height", frame.picture().getHeight());
    frame.detections().stream()
        .filter(object -> object.score() >= settings.score())
        .forEach(this::annotate);
    frames++;
  }

  private void write(Frame frame, Path picture) {
    var options = jpeg.getDefaultWriteParam();
    options.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    options.setCompressionQuality(QUALITY);
    try {
      Files.createDirectories(picture.getParent());
      try (var bytes = Files.newOutputStream(picture);
          var out = ImageIO.createImageOutputStream(bytes)) {
        jpeg.setOutput(out);
        jpeg.write(null, new IIOImage(frame.picture(), null, null), options);
      }
    } catch (IOException failure) {
      throw new ReportException(
          "%s cannot be written: %s".formatted(picture, failure.getMessage()), failure);
    }
  }

  private void annotate(DetectedObject object) {
    categorise(object.classId(), object.className());
    var width = object.x2() - object.x1();
    var height = object.y2() - object.y1();
    var annotation = list("annotations").addObject();
    annotation.put("id", ++lastAnnotation);
    annotation.put("image_id", lastImage);
    annotation.put("category_id", object.classId());
    annotation.putArray("bbox").add(object.x1()).add(object.y1()).add(width).add(height);
    annotation.put("area", width * height);
    annotation.put("iscrowd", 0);
    objects++;
  }

  private void categorise(int id, String name) {
    var called = categories.putIfAbsent(id, name);
    if (called != null && !called.equals(name)) {
      throw new ReportException(
          "%s calls class %d '%s', the events or their model call it '%s': name another --out or --split"
              .formatted(file, id, called, name));
    }
  }

  private Added finish() {
    list("categories").removeAll();
    categories.forEach(
        (id, name) -> list("categories").addObject().put("id", id).put("name", name));
    list("annotations");
    list("images");
    try {
      WholeFile.write(file, out -> new ObjectMapper().writeValue(out, set));
    } catch (IOException failure) {
      throw new ReportException(
          "%s cannot be written: %s".formatted(file, failure.getMessage()), failure);
    }
    return new Added(frames, objects, kept, file);
  }

  @Override
  public void close() {
    jpeg.dispose();
  }
}
