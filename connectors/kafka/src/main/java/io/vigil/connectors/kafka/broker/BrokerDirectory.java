package io.vigil.connectors.kafka.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A broker's folder on disk: formatted once, then owned by one process at a time. The operating
 * system gives the lock back when a process dies, so a killed run leaves nothing to clean up.
 */
final class BrokerDirectory implements AutoCloseable {

  /** What an empty broker writes (metadata, indexes, coordinators' topics) and room for events. */
  static final long MINIMUM_FREE_BYTES = 64L << 20;

  private static final String LOCK = "broker.lock";
  private static final String DATA = "data";

  private final Path data;
  private final FileChannel channel;

  private BrokerDirectory(Path data, FileChannel channel) {
    this.data = data;
    this.channel = channel;
  }

  /** Takes the folder for this process and makes it if it is not there. */
  static BrokerDirectory open(Path directory, long minimumFreeBytes) {
    try {
      requireFolder(directory);
      var data = directory.resolve(DATA);
      Files.createDirectories(data);
      requireSpace(directory, minimumFreeBytes);
      return new BrokerDirectory(data, lock(directory));
    } catch (IOException e) {
      throw new BrokerException(
          "the broker's folder %s cannot be written (%s); name a folder that this user may write to"
              .formatted(directory, e),
          e);
    }
  }

  private static void requireFolder(Path directory) {
    var nearest = directory;
    while (nearest != null && !Files.exists(nearest)) {
      nearest = nearest.getParent();
    }
    if (nearest != null && !Files.isDirectory(nearest)) {
      throw new BrokerException(
          "the broker's folder %s: %s is a file; name a folder".formatted(directory, nearest));
    }
  }

  private static void requireSpace(Path directory, long minimumFreeBytes) throws IOException {
    long free = Files.getFileStore(directory).getUsableSpace();
    if (free < minimumFreeBytes) {
      throw new BrokerException(
          "the broker's folder %s has %d MB free and needs at least %d MB; free some space or name a folder on another disk"
              .formatted(directory, free >> 20, minimumFreeBytes >> 20));
    }
  }

  private static FileChannel lock(Path directory) throws IOException {
    var channel =
        FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new BrokerException(
          "the broker's folder %s is in use by another run; wait until it ends or name another folder"
              .formatted(directory));
    }
    return channel;
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  Path data() {
    return data;
  }

  /** Whether next to nothing can be written. */
  boolean isFull() {
    try {
      return Files.getFileStore(data).getUsableSpace() < 1L << 20;
    } catch (IOException e) {
      return false;
    }
  }

  /** The id that this folder was formatted with. Formats the folder if it is new. */
  String clusterId(int nodeId) {
    var properties = data.resolve("meta.properties");
    try {
      // The formatter writes this file last, so a run killed while formatting starts afresh
      if (!Files.exists(properties)) {
        format(nodeId);
      }
      var meta = new Properties();
      try (var in = Files.newInputStream(properties)) {
        meta.load(in);
      }
      return meta.getProperty("cluster.id");
    } catch (Exception e) {
      throw new BrokerException(
          "the broker's folder %s cannot be formatted (%s); delete it, or name an empty one"
              .formatted(data, e),
          e);
    }
  }

  private void format(int nodeId) throws Exception {
    new Formatter()
        .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
        .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
        .setReleaseVersion(MetadataVersion.latestProduction())
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(nodeId)
        .setControllerListenerName(BrokerSettings.CONTROLLER)
        .setHasDynamicQuorum(false)
        .setMetadataLogDirectory(data.toString())
        .setDirectories(List.of(data.toString()))
        .setIgnoreFormatted(true)
        .run();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new BrokerException("the broker's lock on %s cannot be released".formatted(data), e);
    }
  }
}
