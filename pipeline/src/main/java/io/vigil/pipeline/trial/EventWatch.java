package io.vigil.pipeline.trial;

import io.vigil.connectors.kafka.EventTopics;
import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.events.EventJson;
import io.vigil.events.FrameEvent;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer of a job's topics from their beginning, in a thread of its own. */
public final class EventWatch implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration LOOK = Duration.ofMillis(20);

  /** A condition that may throw. */
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws Exception;
  }

  private final Map<String, StreamFigures> streams = new ConcurrentHashMap<>();
  private final LongAdder frames = new LongAdder();
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final boolean countsOnly;
  private final Thread thread;
  private volatile boolean closed;
  private volatile RuntimeException failure;

  private EventWatch(KafkaConsumer<byte[], byte[]> consumer, boolean countsOnly) {
    this.consumer = consumer;
    this.countsOnly = countsOnly;
    this.thread = new Thread(this::run, "trial consumer");
    thread.setDaemon(true);
    thread.start();
  }

  /** Sees what is committed, as {@code read_committed} consumers do. */
  public static EventWatch of(KafkaConnection connection, EventTopics topics) {
    return new EventWatch(consumer(connection, topics), false);
  }

  /** Only counts frames, and remembers nothing of any stream: for very many of them. */
  public static EventWatch counting(KafkaConnection connection, EventTopics topics) {
    return new EventWatch(consumer(connection, topics), true);
  }

  private static KafkaConsumer<byte[], byte[]> consumer(
      KafkaConnection connection, EventTopics topics) {
    var own =
        Map.of(
            "isolation.level", "read_committed",
            "enable.auto.commit", "false",
            "auto.offset.reset", "earliest");
    var bytes = new ByteArrayDeserializer();
    var consumer = new KafkaConsumer<>(connection.properties(own), bytes, bytes);
    var partitions =
        topics.all().stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }

  private void run() {
    try (consumer) {
      while (!closed) {
        consumer.poll(POLL).forEach(this::take);
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    var event = EventJson.read(record.value());
    if (event instanceof FrameEvent) {
      frames.increment();
    }
    if (!countsOnly) {
      of(event.streamId()).add(event, System.currentTimeMillis());
    }
  }

  public StreamFigures of(String stream) {
    return streams.computeIfAbsent(stream, id -> new StreamFigures());
  }

  /** Streams that something was seen of. */
  public Set<String> streams() {
    return new TreeSet<>(streams.keySet());
  }

  /** Frames' events of all streams. */
  public long seen() {
    return frames.sum();
  }

  /** Measures from here on. */
  public void startMeasuring() {
    streams.values().forEach(StreamFigures::startMeasuring);
  }

  /**
   * Waits until something holds.
   *
   * @return whether it did in time
   */
  public boolean await(Duration limit, Condition condition) throws Exception {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.holds()) {
      if (failure != null) {
        throw failure;
      }
      if (System.nanoTime() - end > 0) {
        return false;
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
    return true;
  }

  /** How busy the machine is, for whoever reads a figure. */
  public static String load() {
    var system = java.lang.management.ManagementFactory.getOperatingSystemMXBean();
    return String.format(
        Locale.ROOT,
        "load average %.2f on %d processors",
        system.getSystemLoadAverage(),
        system.getAvailableProcessors());
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
