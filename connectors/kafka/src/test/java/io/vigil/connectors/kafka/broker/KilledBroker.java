package io.vigil.connectors.kafka.broker;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A process that runs a broker, commits records and leaves one open, and is killed there. */
record KilledBroker(String clusterId) {

  private static final String TOPIC = "events";

  /** Returns when the process is dead. */
  static KilledBroker start(Path folder) throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classPath = System.getProperty("java.class.path");
    var process =
        new ProcessBuilder(java, "-cp", classPath, KilledBroker.class.getName(), folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var lines = process.inputReader()) {
      return new KilledBroker(lines.readLine());
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** The records of the topic that a reader of committed records is given now. */
  static List<String> committed(String servers) {
    var settings =
        Map.<String, Object>of("bootstrap.servers", servers, "isolation.level", "read_committed");
    var values = new ArrayList<String>();
    var strings = new StringDeserializer();
    try (var consumer = new KafkaConsumer<>(settings, strings, strings)) {
      var partition = new TopicPartition(TOPIC, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofSeconds(1)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }

  /** The process's own part; prints the cluster id when its records are written. */
  public static void main(String[] arguments) throws Exception {
    var broker = EmbeddedBroker.at(Path.of(arguments[0])).start();
    Map<String, Object> settings =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "killed");
    try (var admin = Admin.create(settings)) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
    var strings = new StringSerializer();
    var producer = new KafkaProducer<>(settings, strings, strings);
    producer.initTransactions();
    write(producer, "a", "b", "c");
    producer.commitTransaction();
    write(producer, "never committed");
    producer.flush();
    System.out.write((broker.clusterId() + "\n").getBytes(StandardCharsets.UTF_8));
    System.out.flush();
    Thread.currentThread().join();
  }

  private static void write(KafkaProducer<String, String> producer, String... values) {
    producer.beginTransaction();
    Stream.of(values).forEach(value -> producer.send(new ProducerRecord<>(TOPIC, value)));
  }
}
