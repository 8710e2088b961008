package io.vigil.pipeline.report;

import io.vigil.connectors.video.decode.VideoDecoder;
import io.vigil.connectors.video.decode.VideoException;
import io.vigil.pipeline.report.ReportRequest.Picture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/** Draws the pictures of one stream in one pass over its video. */
final class StreamPictures {
  private static final int DECODER_THREADS = 0;

  private final Path out;
  private final Set<Picture> wanted;
  private final Lettering lettering = Lettering.load();
  private final BoxPainter painter = new BoxPainter(lettering);
  private final List<String> problems = new ArrayList<>();

  /**
   * A stream to draw.
   *
   * @param name beginning of its file names
   * @param firstSeq first frame that is drawn
   * @param lastSeq last frame that is drawn
   * @param best frames for the contact sheet
   */
  record Drawing(
      Path video,
      String name,
      long firstSeq,
      long lastSeq,
      List<Long> best,
      ContactSheet.Heading heading) {}

  StreamPictures(Path out, Set<Picture> wanted) {
    this.out = out;
    this.wanted = wanted;
  }

  /** Videos that could not be read to their end, a sentence each. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /**
   * @return the pictures that were drawn
   */
  Map<Picture, Path> draw(Drawing drawing, EventFile.Cursor events, LongConsumer progress) {
    if (wanted.isEmpty() || drawing.lastSeq < 0) {
      return Map.of();
    }
    try (var decoder = VideoDecoder.open(drawing.video, DECODER_THREADS)) {
      return draw(drawing, decoder, events, progress);
    } catch (VideoException e) {
      problems.add(e.getMessage());
      return Map.of();
    }
  }

  private Map<Picture, Path> draw(
      Drawing drawing, VideoDecoder decoder, EventFile.Cursor events, LongConsumer progress)
      throws VideoException {
    var pictures = new EnumMap<Picture, Path>(Picture.class);
    double rate = VideoDecoder.probe(drawing.video).framesPerSecond();
    var sheet = new ContactSheet(drawing.best, lettering, painter);
    var target = out.resolve(drawing.name + ".annotated.mp4");
    try (var video =
        new AnnotatedVideo(target, painter, decoder.timeBase(), rate, drawing.firstSeq)) {
      var sinks = new ArrayList<FrameSink>();
      if (wanted.contains(Picture.CONTACT_SHEET)) {
        sinks.add(sheet);
      }
      if (wanted.contains(Picture.ANNOTATED_VIDEO)) {
        sinks.add(video);
      }
      pass(drawing, decoder, events, sinks, progress);
      video.finish().ifPresent(file -> pictures.put(Picture.ANNOTATED_VIDEO, file));
    }
    sheet
        .write(out.resolve(drawing.name + ".contact-sheet.png"), drawing.heading)
        .ifPresent(file -> pictures.put(Picture.CONTACT_SHEET, file));
    return pictures;
  }

  /** What was drawn before a video broke off is worth having. */
  private void pass(
      Drawing drawing,
      VideoDecoder decoder,
      EventFile.Cursor events,
      List<FrameSink> sinks,
      LongConsumer progress) {
    try {
      long last =
          wanted.contains(Picture.ANNOTATED_VIDEO)
              ? drawing.lastSeq
              : drawing.best.get(drawing.best.size() - 1);
      new VideoPass(decoder, events, sinks).run(last, progress);
    } catch (VideoException e) {
      problems.add(e.getMessage());
    }
  }
}
