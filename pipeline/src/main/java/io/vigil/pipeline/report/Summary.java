package io.vigil.pipeline.report;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigil.events.StreamEvent.Ledger;
import io.vigil.pipeline.report.ReportRequest.Picture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a run did, as {@code summary.json} and as text for people.
 *
 * @param streams by id
 * @param tables results in other formats
 */
public record Summary(ReportRequest request, List<StreamReport> streams, List<Path> tables) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Told of a network whose weights were never trained. */
  static final String UNTRAINED =
      "Untrained weights: what this model finds means nothing. Give trained ones with --model.";

  private static final int CLASSES_IN_TEXT = 12;

  public long frames() {
    return streams.stream().mapToLong(StreamReport::frames).sum();
  }

  public long detections() {
    return streams.stream().mapToLong(StreamReport::detections).sum();
  }

  /** 0 where no time was measured. */
  public double framesPerSecond() {
    double seconds = request.elapsed().toNanos() / 1e9;
    return seconds > 0 ? frames() / seconds : 0;
  }

  /** The most frequent first. */
  public Map<String, Long> detectionsByClass() {
    var counts = new TreeMap<String, Long>();
    streams.forEach(
        stream ->
            stream.detectionsByClass().forEach((name, n) -> counts.merge(name, n, Long::sum)));
    var sorted = new LinkedHashMap<String, Long>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  Path write() {
    try (var file = OutputFile.at(request.out().resolve("summary.json"))) {
      var lines = new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
      file.print(JSON.writer(lines).writeValueAsString(json()) + "\n");
      return file.commit();
    } catch (IOException e) {
      throw new IllegalStateException("A tree of numbers and texts is always JSON", e);
    }
  }

  private ObjectNode json() {
    var json = JSON.createObjectNode();
    var model = json.putObject("model");
    model.put("name", request.model().name()).put("digest", request.model().digest());
    model.put("domain", request.model().domain()).put("trained", request.model().trained());
    model.put("licence", request.model().licence());
    json.put("device", request.device());
    json.put("frames", frames());
    json.put("seconds", rounded(request.elapsed().toNanos() / 1e9));
    json.put("frames_per_second", rounded(framesPerSecond()));
    json.put("detections", detections());
    detectionsByClass().forEach(json.putObject("detections_by_class")::put);
    var array = json.putArray("streams");
    streams.forEach(stream -> write(stream, array.addObject()));
    var files = json.putObject("files");
    files.put("events", request.events().toString());
    tables.forEach(table -> files.put(table.getFileName().toString(), table.toString()));
    return json;
  }

  private static void write(StreamReport stream, ObjectNode json) {
    json.put("stream_id", stream.streamId());
    stream.video().ifPresent(video -> json.put("video", video.toString()));
    json.put("frames", stream.frames());
    json.put("video_seconds", rounded(stream.seconds()));
    json.put("detections", stream.detections());
    new TreeMap<>(stream.detectionsByClass()).forEach(json.putObject("detections_by_class")::put);
    stream.ledger().ifPresent(ledger -> write(ledger, json.putObject("ledger")));
    stream.failure().ifPresent(failure -> json.put("failure", failure));
    new TreeMap<>(stream.pictures())
        .forEach((kind, file) -> json.put(kind.name().toLowerCase(Locale.ROOT), file.toString()));
  }

  private static void write(Ledger ledger, ObjectNode json) {
    json.put("decoded", ledger.decoded()).put("detected", ledger.detected());
    ledger.dropped().forEach(json.putObject("dropped")::put);
    ledger.failed().forEach(json.putObject("failed")::put);
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  /** A few lines, without a line end at the end. */
  public String text() {
    var lines = new ArrayList<String>();
    lines.add(
        line(
            "Frames",
            Numbers.count(frames())
                + (framesPerSecond() > 0
                    ? String.format(Locale.ROOT, " at %.1f frames/s", framesPerSecond())
                    : "")
                + (streams.size() > 1 ? " from " + streams.size() + " videos" : "")));
    passedOver().ifPresent(lines::add);
    lines.add(line("Detections", detectionsText()));
    lines.add(line("Model", modelText()));
    lines.add(line("Events", request.events().toString()));
    addFiles(lines);
    streams.forEach(
        stream ->
            stream
                .failure()
                .ifPresent(
                    failure -> lines.add(line("Failed", stream.streamId() + ": " + failure))));
    if (!request.model().trained()) {
      lines.add(UNTRAINED);
    }
    return String.join("\n", lines);
  }

  /** Frames that were decoded and have no event. */
  private Optional<String> passedOver() {
    var reasons = new TreeMap<String, Long>();
    for (var stream : streams) {
      stream.ledger().ifPresent(ledger -> count(ledger, reasons));
    }
    return reasons.isEmpty()
        ? Optional.empty()
        : Optional.of(
            line(
                "No event",
                reasons.entrySet().stream()
                    .map(reason -> Numbers.count(reason.getValue()) + " " + reason.getKey())
                    .collect(Collectors.joining(", "))));
  }

  private static void count(Ledger ledger, Map<String, Long> reasons) {
    ledger
        .dropped()
        .forEach((reason, n) -> reasons.merge("dropped (" + reason + ")", n, Long::sum));
    ledger.failed().forEach((stage, n) -> reasons.merge("failed (" + stage + ")", n, Long::sum));
  }

  private String detectionsText() {
    var byClass = detectionsByClass();
    var text =
        byClass.entrySet().stream()
            .limit(CLASSES_IN_TEXT)
            .map(entry -> entry.getKey() + " " + Numbers.count(entry.getValue()))
            .collect(Collectors.joining(", "));
    int more = byClass.size() - CLASSES_IN_TEXT;
    return Numbers.count(detections())
        + (text.isEmpty() ? "" : ": " + text)
        + (more > 0 ? " and " + more + " more classes" : "");
  }

  private String modelText() {
    var model = request.model();
    return model.name() + " (" + model.domain() + ") on " + request.device();
  }

  private void addFiles(List<String> lines) {
    tables.stream().findFirst().ifPresent(first -> lines.add(files("Results", tables)));
    for (var kind : Picture.values()) {
      var files =
          streams.stream()
              .filter(stream -> stream.pictures().containsKey(kind))
              .map(stream -> stream.pictures().get(kind))
              .toList();
      if (!files.isEmpty()) {
        lines.add(files(kind == Picture.ANNOTATED_VIDEO ? "Annotated" : "Pictures", files));
      }
    }
  }

  /** The files themselves where they are few. */
  private String files(String name, List<Path> files) {
    var text =
        files.size() <= 3
            ? files.stream().map(Path::toString).collect(Collectors.joining(", "))
            : Numbers.counted(files.size(), "file") + " in " + request.out();
    return line(name, text);
  }

  private static String line(String name, String text) {
    return String.format(Locale.ROOT, "%-11s %s", name, text);
  }
}
