package io.vigil.pipeline.job;

import io.vigil.pipeline.config.ConfigException;
import io.vigil.pipeline.config.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;

/**
 * Whether checkpoints can be kept where they are to be, asked by writing there. Flink finds out
 * when the first one is taken, and then retries for ever.
 */
public final class CheckpointFolder {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private CheckpointFolder() {}

  /**
   * Writes a small file there and deletes it.
   *
   * @param uri of the folder, which is made if it is not there
   * @param key where it was named, for messages
   * @throws ConfigException if that fails
   */
  public static void requireWritable(String uri, String key, String origin) {
    var written = CompletableFuture.runAsync(() -> write(uri), CheckpointFolder::inBackground);
    try {
      written.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw refused(uri, key, origin, rule(e.getCause()));
    } catch (TimeoutException e) {
      var rule = "does not answer in %d s; is it reachable from here?".formatted(LIMIT.toSeconds());
      throw refused(uri, key, origin, rule);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What hangs must not keep the process from ending. */
  private static void inBackground(Runnable write) {
    var thread = new Thread(write, "vigil-checkpoint-folder");
    thread.setDaemon(true);
    thread.start();
  }

  private static void write(String uri) {
    var file = new Path(new Path(uri), ".vigil-" + UUID.randomUUID());
    try {
      var files = file.getFileSystem();
      files.mkdirs(file.getParent());
      try (var out = files.create(file, WriteMode.NO_OVERWRITE)) {
        out.write(1);
      }
      files.delete(file, false);
    } catch (IOException e) {
      throw new UnwritableException(e);
    }
  }

  private static String rule(Throwable failure) {
    var cause = failure instanceof UnwritableException ? failure.getCause() : failure;
    if (cause instanceof UnsupportedFileSystemSchemeException) {
      return "no file system of Flink's serves this scheme here; put its plugin, such as"
          + " flink-s3-fs-presto, into Flink's plugins folder";
    }
    return "cannot be written (%s); give a folder, or the rights to this one, that the job manager and every task manager can write"
        .formatted(cause);
  }

  private static ConfigException refused(String uri, String key, String origin, String rule) {
    return new ConfigException(origin, List.of(new Problem(key + ": " + uri, rule)));
  }

  /**
   * Whether the folder is the same here as for the job manager.
   *
   * @param here whether the job manager is in this process
   */
  static boolean isSeenFromHere(String uri, boolean here) {
    try {
      return here || FileSystem.get(new Path(uri).toUri()).isDistributedFS();
    } catch (IOException | IllegalArgumentException unknownHere) {
      return false;
    }
  }

  private static final class UnwritableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private UnwritableException(IOException cause) {
      super(cause);
    }
  }
}
