package io.vigil.pipeline.report;

import io.vigil.pipeline.report.ReportRequest.Format;
import io.vigil.pipeline.report.ReportRequest.Picture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Writes what a run leaves beside its events.
 *
 * <pre>{@code
 * ReportResult result = Report.write(request, ReportProgress.NONE);
 * System.out.println(result.summary().text());
 * }</pre>
 *
 * <p>Every file is written beside its place and moved there when it is whole. A video that cannot
 * be read to its end becomes a problem in the result, and its pictures go as far as it does.
 */
public final class Report {
  private final ReportRequest request;
  private final ReportProgress progress;
  private final OutputNames names = new OutputNames();
  private final StreamPictures pictures;

  private Report(ReportRequest request, ReportProgress progress) {
    this.request = request;
    this.progress = progress;
    this.pictures = new StreamPictures(request.out(), request.pictures());
  }

  /**
   * @throws ReportException if a file cannot be written, or the events cannot be read; files that
   *     were whole by then stay
   */
  public static ReportResult write(ReportRequest request, ReportProgress progress) {
    System.setProperty("java.awt.headless", "true");
    return new Report(request, progress).write();
  }

  private ReportResult write() {
    var events = EventFile.index(request.events());
    var streamIds = new TreeSet<>(request.videos().keySet());
    streamIds.addAll(events.streamIds());
    var streams = new ArrayList<StreamReport>();
    var tables = new ArrayList<Path>();
    var writers = new ArrayList<ResultWriter>();
    try {
      new TreeSet<>(request.formats()).forEach(format -> writers.add(writer(format)));
      streamIds.forEach(streamId -> streams.add(reportOn(streamId, events, writers)));
      writers.forEach(writer -> tables.addAll(writer.finish()));
    } finally {
      writers.forEach(ResultWriter::close);
    }
    var summary = new Summary(request, List.copyOf(streams), List.copyOf(tables));
    return new ReportResult(summary, summary.write(), pictures.problems());
  }

  private ResultWriter writer(Format format) {
    return switch (format) {
      case COCO -> new CocoResults(request.out());
      case MOT -> new MotResults(request.out());
      case CSV -> new CsvResults(request.out());
    };
  }

  private StreamReport reportOn(String streamId, EventFile events, List<ResultWriter> writers) {
    var name = names.of(streamId);
    var statistics = new StreamStatistics();
    var choice = new FrameChoice();
    writers.forEach(writer -> writer.startStream(name));
    try (var cursor = events.open(streamId)) {
      for (var event = cursor.next(); event != null; event = cursor.next()) {
        statistics.add(event);
        choice.add(event);
        for (var writer : writers) {
          writer.write(event);
        }
        progress.drawn(streamId, 0);
      }
    }
    writers.forEach(ResultWriter::endStream);
    return new StreamReport(
        streamId,
        Optional.ofNullable(request.videos().get(streamId)),
        statistics.frames(),
        statistics.seconds(),
        statistics.detectionsByClass(),
        Optional.ofNullable(request.ledgers().get(streamId)),
        Optional.ofNullable(request.failures().get(streamId)).map(why -> plainly(streamId, why)),
        draw(streamId, name, events, statistics, choice));
  }

  private String plainly(String streamId, String failure) {
    var video = request.videos().get(streamId);
    return video == null ? failure : FileProblem.without(video, failure);
  }

  private Map<Picture, Path> draw(
      String streamId,
      String name,
      EventFile events,
      StreamStatistics statistics,
      FrameChoice choice) {
    var video = request.videos().get(streamId);
    if (video == null) {
      return Map.of();
    }
    var drawing =
        new StreamPictures.Drawing(
            video,
            name,
            statistics.firstSeq(),
            statistics.lastSeq(),
            choice.best(ContactSheet.TILES),
            heading(streamId, statistics));
    try (var cursor = events.open(streamId)) {
      return pictures.draw(drawing, cursor, frames -> progress.drawn(streamId, frames));
    }
  }

  private ContactSheet.Heading heading(String streamId, StreamStatistics statistics) {
    var model = request.model();
    var facts =
        String.join(
            "  ·  ",
            model.name() + " (" + model.domain() + ")",
            Numbers.counted(statistics.frames(), "frame"),
            Numbers.clock(statistics.seconds()),
            Numbers.counted(statistics.detections(), "detection"));
    return new ContactSheet.Heading(streamId, facts, model.trained() ? "" : Summary.UNTRAINED);
  }
}
