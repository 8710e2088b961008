package io.vigil.connectors.frames.dead;

import io.vigil.connectors.kafka.EventSink;
import io.vigil.connectors.kafka.KafkaConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Puts refused records back where they came from, each once. A transaction holds the records that
 * are put back and, in the dead-letter topic, a receipt of each; so whatever ends it, a letter is
 * put back with its receipt or not at all, and one with a receipt is passed over. Of two at a time
 * the later shuts the earlier out, as both have one transactional id.
 */
public final class Redrive implements AutoCloseable {

  private static final int LETTERS_PER_TRANSACTION = 50;
  private static final Duration POLL = Duration.ofMillis(300);
  private static final int MOST_BYTES = 64 << 20;

  private final KafkaConnection connection;
  private final String topic;
  private final KafkaConsumer<byte[], byte[]> consumer;

  /**
   * @param topic of dead letters
   */
  public Redrive(KafkaConnection connection, String topic) {
    this.connection = connection;
    this.topic = topic;
    var own =
        Map.of(
            "isolation.level", "read_committed",
            "enable.auto.commit", "false",
            "auto.offset.reset", "earliest",
            "max.poll.records", Integer.toString(LETTERS_PER_TRANSACTION),
            "allow.auto.create.topics", "false");
    var bytes = new ByteArrayDeserializer();
    this.consumer = new KafkaConsumer<>(connection.properties(own), bytes, bytes);
  }

  /**
   * What is to be put back.
   *
   * @param wanted of the letters that were not put back
   * @param to another topic than where they came from
   * @param rekeyed whether their key becomes the stream that their headers name
   */
  public record Order(Predicate<DeadLetter> wanted, Optional<String> to, boolean rekeyed) {

    String target(DeadLetter letter) {
      return to.orElseGet(letter::topic);
    }
  }

  /** The letters that an order would put back; nothing is written. */
  public void preview(Order order, Consumer<DeadLetter> action) {
    var done = receipts();
    read(letter -> ifDue(letter, done, order, action));
  }

  /** The topics that an order would write to. */
  public Set<String> targets(Order order) {
    var targets = new TreeSet<String>();
    preview(order, letter -> targets.add(order.target(letter)));
    return targets;
  }

  /**
   * @param action is told each letter that was put back, when that is committed
   * @param stopped asked between transactions
   * @return how many were put back
   * @throws org.apache.kafka.common.errors.ProducerFencedException if another redrive has begun
   */
  public long run(Order order, Consumer<DeadLetter> action, BooleanSupplier stopped) {
    try (var producer = producer()) {
      // Before the receipts are read: what an earlier one left open is over then.
      producer.initTransactions();
      var done = receipts();
      var batch = new ArrayList<DeadLetter>();
      var putBack = new long[1];
      read(
          letter -> {
            if (!stopped.getAsBoolean()) {
              ifDue(letter, done, order, batch::add);
            }
            if (batch.size() >= LETTERS_PER_TRANSACTION) {
              putBack[0] += putBack(batch, order, producer, action);
            }
          });
      return putBack[0] + putBack(batch, order, producer, action);
    }
  }

  private static void ifDue(
      DeadLetter letter, Set<String> done, Order order, Consumer<DeadLetter> action) {
    if (letter.isLetter() && !done.contains(letter.place()) && order.wanted().test(letter)) {
      action.accept(letter);
    }
  }

  private static long putBack(
      List<DeadLetter> batch,
      Order order,
      KafkaProducer<byte[], byte[]> producer,
      Consumer<DeadLetter> action) {
    if (batch.isEmpty()) {
      return 0;
    }
    producer.beginTransaction();
    for (var letter : batch) {
      producer.send(letter.original(order.target(letter), order.rekeyed()));
      producer.send(letter.receipt());
    }
    producer.commitTransaction();
    batch.forEach(action);
    long count = batch.size();
    batch.clear();
    return count;
  }

  private Set<String> receipts() {
    var done = new HashSet<String>();
    read(letter -> letter.putBack().ifPresent(done::add));
    return done;
  }

  /** All that is committed now, each partition in its order. */
  private void read(Consumer<DeadLetter> action) {
    var partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    var ends = consumer.endOffsets(partitions);
    while (partitions.stream().anyMatch(part -> consumer.position(part) < ends.get(part))) {
      for (var record : consumer.poll(POLL)) {
        if (record.offset() < ends.get(new TopicPartition(topic, record.partition()))) {
          action.accept(new DeadLetter(record));
        }
      }
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    var own = new HashMap<String, String>(EventSink.GUARANTEES);
    own.put("transactional.id", "vigil-redrive-" + topic);
    own.put("max.request.size", Integer.toString(MOST_BYTES));
    own.put("buffer.memory", Integer.toString(2 * MOST_BYTES));
    var bytes = new ByteArraySerializer();
    return new KafkaProducer<>(connection.properties(own), bytes, bytes);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
