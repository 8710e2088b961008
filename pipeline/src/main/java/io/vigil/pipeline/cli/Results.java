package io.vigil.pipeline.cli;

import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.read.CommittedEvent;
import io.vigil.connectors.kafka.read.CommittedEvents;
import io.vigil.events.FailedFrame;
import io.vigil.events.FrameEvent;
import io.vigil.events.StreamEvent;
import io.vigil.events.StreamEvent.Ledger;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * What the committed events of a run tell.
 *
 * @param frames events of frames
 * @param detections in them
 * @param ledgers of the streams that are over, by stream id
 * @param failures why a stream failed, by stream id
 * @param failedFrames how many frames failed, by reason
 * @param firstWritten when the first event of this part of the run was written, in milliseconds
 *     since 1970
 */
record Results(
    long frames,
    long detections,
    Map<String, Ledger> ledgers,
    Map<String, String> failures,
    Map<String, Long> failedFrames,
    long firstWritten) {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  boolean anythingFailed() {
    return !failures.isEmpty() || !failedFrames.isEmpty();
  }

  /**
   * Reads the topics of streams and of failed frames, and where a file is given the frames' events
   * into it, a line each, as they are on the topic.
   *
   * @param offsets where the run's events begin, by topic and partition
   * @param streams of the run; others that write to the same topics are passed over
   * @param partBegan when this part of the run began, in milliseconds since 1970
   */
  static Results read(
      LocalKafka kafka,
      Map<String, Map<Integer, Long>> offsets,
      Set<String> streams,
      long partBegan,
      Optional<Path> file)
      throws IOException {
    var reading = new Reading(kafka.connection(), offsets, streams, partBegan);
    var topics = kafka.topics();
    if (file.isPresent()) {
      write(reading, topics.frames(), file.get());
    }
    reading.read(topics.streams(), event -> reading.stream((StreamEvent) event.event()));
    reading.read(topics.failed(), event -> reading.failed((FailedFrame) event.event()));
    return reading.results();
  }

  private static void write(Reading reading, String topic, Path file) throws IOException {
    var whole = file.resolveSibling(file.getFileName() + ".new");
    try (var lines = new BufferedOutputStream(Files.newOutputStream(whole), 1 << 16)) {
      reading.read(topic, event -> reading.frame(event, lines));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Sums up while it reads. */
  private static final class Reading {
    private final KafkaConnection connection;
    private final Map<String, Map<Integer, Long>> offsets;
    private final Set<String> streams;
    private final Map<String, Long> lastSeq = new HashMap<>();
    private final Map<String, Ledger> ledgers = new TreeMap<>();
    private final Map<String, String> failures = new TreeMap<>();
    private final Map<String, Long> failedFrames = new TreeMap<>();
    private final Set<String> failedIds = new HashSet<>();
    private final long partBegan;
    private long firstWritten = Long.MAX_VALUE;
    private long frames;
    private long detections;

    private Reading(
        KafkaConnection connection,
        Map<String, Map<Integer, Long>> offsets,
        Set<String> streams,
        long partBegan) {
      this.partBegan = partBegan;
      this.connection = connection;
      this.offsets = offsets;
      this.streams = streams;
    }

    private void read(String topic, Consumer<CommittedEvent> action) {
      try (var events = CommittedEvents.of(connection, topic)) {
        events.awaitNoOpenTransaction(PATIENCE);
        events.read(
            offsets.getOrDefault(topic, Map.of()),
            event -> {
              if (streams.contains(event.event().streamId())) {
                if (event.timestamp() >= partBegan) {
                  firstWritten = Math.min(firstWritten, event.timestamp());
                }
                action.accept(event);
              }
            });
      } catch (TimeoutException e) {
        throw new CommandException(ExitCode.FAILED, e.getMessage(), e);
      }
    }

    private void frame(CommittedEvent event, OutputStream lines) {
      var frame = (FrameEvent) event.event();
      // With at-least-once an event may be there twice; a stream's are in order
      if (frame.seq() <= lastSeq.getOrDefault(frame.streamId(), -1L)) {
        return;
      }
      lastSeq.put(frame.streamId(), frame.seq());
      frames++;
      detections += frame.detections().size();
      try {
        lines.write(event.value());
        lines.write('\n');
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void stream(StreamEvent event) {
      switch (event.kind()) {
        case CONNECTED -> ledgers.remove(event.streamId());
        case ENDED -> ledgers.put(event.streamId(), event.ledger());
        case FAILED -> {
          ledgers.put(event.streamId(), event.ledger());
          failures.put(event.streamId(), event.detail());
        }
      }
    }

    private void failed(FailedFrame frame) {
      if (failedIds.add(frame.eventId())) {
        failedFrames.merge(frame.streamId() + ": " + frame.reason(), 1L, Long::sum);
      }
    }

    private Results results() {
      return new Results(frames, detections, ledgers, failures, failedFrames, firstWritten);
    }
  }
}
