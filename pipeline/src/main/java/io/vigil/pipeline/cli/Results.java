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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  private static final Logger LOG = LoggerFactory.getLogger(Results.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  boolean anythingFailed() {
    return !failures.isEmpty() || !failedFrames.isEmpty();
  }

  /**
   * Which events of the topics are the run's.
   *
   * @param offsets where they begin, by topic and partition
   * @param streams of the run; others that write to the same topics are passed over. None if they
   *     are not known: then none is
   * @param partBegan when this part of the run began, in milliseconds since 1970
   * @param mayRepeat whether an event may be there twice, as at-least-once promises no more
   */
  record Extent(
      Map<String, Map<Integer, Long>> offsets,
      Set<String> streams,
      long partBegan,
      boolean mayRepeat) {

    private boolean takes(String stream) {
      return streams.isEmpty() || streams.contains(stream);
    }
  }

  /**
   * Reads the topics of streams and of failed frames, and where a file is given the frames' events
   * into it, a line each, as they are on the topic.
   */
  static Results read(LocalKafka kafka, Extent extent, Optional<Path> file) throws IOException {
    var reading = new Reading(kafka.connection(), extent);
    var topics = kafka.topics();
    if (file.isPresent()) {
      write(reading, topics.frames(), file.get());
    }
    reading.read(topics.streams(), event -> reading.stream((StreamEvent) event.event()));
    reading.read(topics.failed(), event -> reading.failed((FailedFrame) event.event()));
    return reading.results();
  }

  /** Whether all streams are over, as far as what is committed tells; does not wait. */
  static boolean streamsAreOver(LocalKafka kafka, Extent extent) {
    var reading = new Reading(kafka.connection(), extent);
    reading.readNow(kafka.topics().streams(), event -> reading.stream((StreamEvent) event.event()));
    return reading.ledgers.keySet().containsAll(extent.streams);
  }

  private static void write(Reading reading, String topic, Path file) throws IOException {
    var whole = file.resolveSibling(file.getFileName() + ".new");
    try (var lines = new BufferedOutputStream(Files.newOutputStream(whole), 1 << 16)) {
      reading.read(topic, event -> reading.frame(event, lines));
      lines.flush();
      Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  /** Sums up while it reads. */
  private static final class Reading {
    private final KafkaConnection connection;
    private final Extent extent;
    private final Map<String, Long> lastSeq = new HashMap<>();
    private final Map<String, Ledger> ledgers = new TreeMap<>();
    private final Map<String, String> failures = new TreeMap<>();
    private final Map<String, Long> failedFrames = new TreeMap<>();
    private final Set<String> failedIds = new HashSet<>();
    private long firstWritten = Long.MAX_VALUE;
    private long frames;
    private long detections;

    private Reading(KafkaConnection connection, Extent extent) {
      this.connection = connection;
      this.extent = extent;
    }

    private void read(String topic, Consumer<CommittedEvent> action) {
      try (var events = CommittedEvents.of(connection, topic)) {
        awaitCommitted(events);
        read(events, topic, action);
      }
    }

    private void readNow(String topic, Consumer<CommittedEvent> action) {
      try (var events = CommittedEvents.of(connection, topic)) {
        read(events, topic, action);
      }
    }

    private void read(CommittedEvents events, String topic, Consumer<CommittedEvent> action) {
      events.read(
          extent.offsets.getOrDefault(topic, Map.of()),
          event -> {
            if (extent.takes(event.event().streamId())) {
              if (event.timestamp() >= extent.partBegan) {
                firstWritten = Math.min(firstWritten, event.timestamp());
              }
              action.accept(event);
            }
          });
    }

    private static void awaitCommitted(CommittedEvents events) {
      try {
        events.awaitNoOpenTransaction(PATIENCE);
      } catch (TimeoutException e) {
        // Another job's, on a topic that is shared; what it hides is noticed by its number
        LOG.warn(e.getMessage());
      }
    }

    private void frame(CommittedEvent event, OutputStream lines) {
      var frame = (FrameEvent) event.event();
      // A stream's events are in order, so one that comes again goes back
      if (extent.mayRepeat && frame.seq() <= lastSeq.getOrDefault(frame.streamId(), -1L)) {
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
        case RECONNECTED -> {
          ledgers.remove(event.streamId());
          failures.remove(event.streamId());
        }
        case STALLED, GAP, REFUSED -> {
          // The stream goes on.
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
