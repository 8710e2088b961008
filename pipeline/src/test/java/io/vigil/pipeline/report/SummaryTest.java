package io.vigil.pipeline.report;

import static io.vigil.pipeline.report.Reports.car;
import static io.vigil.pipeline.report.Reports.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vigil.events.FrameEvent.DetectedObject;
import io.vigil.events.StreamEvent.Ledger;
import io.vigil.pipeline.report.ReportRequest.Format;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTest {
  private static final DetectedObject PERSON = new DetectedObject(1, "person", 0.5, 1, 2, 3, 4);

  @TempDir private Path out;

  @Test
  void tellsPeopleWhatTheRunDid() throws IOException {
    assertThat(report(false).summary().text())
        .isEqualTo(
            """
            Frames      3 at 1.5 frames/s from 2 videos
            No event    2 dropped (sampling), 1 failed (letterbox)
            Detections  4: person 3, car 1
            Model       efficientdet-d0 (coco) on cpu
            Events      OUT/events.jsonl
            Results     OUT/detections.csv
            Failed      b.mp4: cut off at 3 s
            Untrained weights: what this model finds means nothing. Give trained ones with --model."""
                .replace("OUT", out.toString()));
  }

  @Test
  void saysNothingOfTrainedWeights() throws IOException {
    assertThat(report(true).summary().text()).doesNotContain("ntrained");
  }

  @Test
  void theJsonHasTheSameFigures() throws IOException {
    var json = new ObjectMapper().readTree(report(false).summaryFile().toFile());
    assertThat(json.at("/model/trained").asBoolean()).isFalse();
    assertThat(json.at("/frames").asInt()).isEqualTo(3);
    assertThat(json.at("/frames_per_second").asDouble()).isEqualTo(1.5);
    assertThat(json.at("/detections_by_class")).hasToString("{\"person\":3,\"car\":1}");
    assertThat(json.at("/streams/0/stream_id").asText()).isEqualTo("a.mp4");
    assertThat(json.at("/streams/0/video_seconds").asDouble()).isEqualTo(0.5);
    assertThat(json.at("/streams/0/ledger"))
        .hasToString(
            "{\"decoded\":5,\"detected\":2,\"dropped\":{\"sampling\":2},"
                + "\"failed\":{\"letterbox\":1}}");
    assertThat(json.at("/streams/1/failure").asText()).isEqualTo("cut off at 3 s");
    assertThat(json.at("/files/events").asText()).isEqualTo(out.resolve("events.jsonl").toString());
  }

  private ReportResult report(boolean trained) throws IOException {
    var events =
        Reports.write(
            out.resolve("events.jsonl"),
            event("a.mp4", 0, 0, PERSON, PERSON),
            event("a.mp4", 3, 45_000, PERSON, car(0.5, 0, 0, 1, 1)),
            event("b.mp4", 0, 0));
    var ledger =
        new Ledger(
            5, 2, new TreeMap<>(Map.of("sampling", 2L)), new TreeMap<>(Map.of("letterbox", 1L)));
    return Report.write(
        new ReportRequest(
            out,
            events,
            Map.of("a.mp4", out.resolve("a.mp4"), "b.mp4", out.resolve("b.mp4")),
            Map.of("a.mp4", ledger),
            Map.of("b.mp4", "cut off at 3 s"),
            Reports.model(trained),
            "cpu",
            Duration.ofSeconds(2),
            Set.of(Format.CSV),
            Set.of()),
        ReportProgress.NONE);
  }
}
