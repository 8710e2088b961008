package io.vigil.connectors.kafka.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The server properties of one broker that is its own controller and serves one laptop. */
final class BrokerSettings {

  static final int NODE_ID = 1;
  static final String CONTROLLER = "CONTROLLER";

  private static final String HOST = "127.0.0.1";
  private static final String BROKER = "BROKER";
  private static final String MEGABYTE = Integer.toString(1 << 20);

  private BrokerSettings() {}

  static String address(int port) {
    return HOST + ":" + port;
  }

  static Map<String, String> of(Path data, int port, int controllerPort, Map<String, String> more) {
    var settings = new HashMap<String, String>();
    settings.putAll(identity(data, port, controllerPort));
    settings.putAll(singleReplica());
    settings.putAll(quickStart());
    settings.putAll(smallFootprint());
    settings.putAll(more);
    return settings;
  }

  private static Map<String, String> identity(Path data, int port, int controllerPort) {
    return Map.of(
        "process.roles",
        "broker,controller",
        "node.id",
        Integer.toString(NODE_ID),
        "controller.quorum.voters",
        NODE_ID + "@" + address(controllerPort),
        "listeners",
        "%s://%s,%s://%s".formatted(BROKER, address(port), CONTROLLER, address(controllerPort)),
        "listener.security.protocol.map",
        "%s:PLAINTEXT,%s:PLAINTEXT".formatted(BROKER, CONTROLLER),
        "inter.broker.listener.name",
        BROKER,
        "controller.listener.names",
        CONTROLLER,
        "log.dirs",
        data.toString());
  }

  private static Map<String, String> singleReplica() {
    return Map.of(
        "default.replication.factor", "1",
        "min.insync.replicas", "1",
        "offsets.topic.replication.factor", "1",
        "transaction.state.log.replication.factor", "1",
        "transaction.state.log.min.isr", "1",
        "share.coordinator.state.topic.replication.factor", "1",
        "share.coordinator.state.topic.min.isr", "1");
  }

  private static Map<String, String> quickStart() {
    return Map.of(
        "group.initial.rebalance.delay.ms",
        "0",
        // Topics are made by KafkaChecks, with settings that are told; a typing error makes none
        "auto.create.topics.enable",
        "false",
        // After kill -9 the controller waits this long before it believes the old broker is gone
        "broker.session.timeout.ms",
        "3000",
        "broker.heartbeat.interval.ms",
        "500",
        // Nobody else takes over from a voter that stands alone
        "controller.quorum.election.timeout.ms",
        "200",
        "controller.quorum.election.backoff.max.ms",
        "200",
        "transaction.abort.timed.out.transaction.cleanup.interval.ms",
        "1000");
  }

  private static Map<String, String> smallFootprint() {
    var settings = new HashMap<String, String>();
    settings.put("num.network.threads", "1");
    settings.put("num.io.threads", "2");
    settings.put("background.threads", "2");
    settings.put("group.coordinator.threads", "1");
    settings.put("share.coordinator.threads", "1");
    settings.put("num.recovery.threads.per.data.dir", "1");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
    settings.put("offsets.topic.segment.bytes", MEGABYTE);
    settings.put("transaction.state.log.segment.bytes", MEGABYTE);
    settings.put("log.index.size.max.bytes", MEGABYTE);
    settings.put("log.segment.bytes", Integer.toString(64 << 20));
    // The default takes 128 MB of heap at start
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(2 << 20));
    settings.put("log.cleaner.io.buffer.size", Integer.toString(64 << 10));
    // The events belong to the user, who deletes the folder
    settings.put("log.retention.ms", "-1");
    settings.put("log.retention.bytes", "-1");
    return settings;
  }
}
