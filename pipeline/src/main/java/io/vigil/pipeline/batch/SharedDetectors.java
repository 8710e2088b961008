package io.vigil.pipeline.batch;

import io.vigil.model.runtime.Detector;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The one owner of the detectors in a process: one detector and one batcher for each factory and
 * settings, opened for the first operator subtask that asks and closed when the last has given its
 * share back.
 *
 * <pre>{@code
 * try (var share = SharedDetectors.ofProcess().acquire(factory, settings)) {
 *   share.batcher().register(listener);
 * }
 * }</pre>
 */
public final class SharedDetectors {

  private static final SharedDetectors OF_PROCESS = new SharedDetectors();

  private final Map<Key, Entry> entries = new HashMap<>();
  private int open;

  private record Key(DetectorFactory factory, BatchSettings settings) {}

  SharedDetectors() {}

  public static SharedDetectors ofProcess() {
    return OF_PROCESS;
  }

  /**
   * Opens the detector, or shares the open one. A broken one is left to those who still hold it.
   *
   * @throws io.vigil.model.runtime.DetectorException if the model or the device cannot be used
   */
  public Share acquire(DetectorFactory factory, BatchSettings settings) {
    return acquire(List.of(factory), settings);
  }

  /**
   * As the other, of the one of several devices that has the fewest shares.
   *
   * @param factories one for each device
   */
  public synchronized Share acquire(List<DetectorFactory> factories, BatchSettings settings) {
    var factory =
        factories.stream()
            .min(Comparator.comparingInt(one -> shares(new Key(one, settings))))
            .orElseThrow();
    var key = new Key(factory, settings);
    var entry = entries.get(key);
    if (entry == null || entry.batcher.isBroken()) {
      entry = new Entry(factory.open(), settings);
      entries.put(key, entry);
      open++;
    }
    entry.shares++;
    return new Share(key, entry);
  }

  private int shares(Key key) {
    var entry = entries.get(key);
    return entry == null ? 0 : entry.shares;
  }

  /** Detectors that are open in the process now. */
  public synchronized int openCount() {
    return open;
  }

  private synchronized void release(Key key, Entry entry) {
    entry.shares--;
    if (entry.shares == 0) {
      entries.remove(key, entry);
      open--;
      entry.batcher.close();
      entry.detector.close();
    }
  }

  private static final class Entry {
    private final Detector detector;
    private final Batcher batcher;
    private int shares;

    private Entry(Detector detector, BatchSettings settings) {
      this.detector = detector;
      this.batcher = new Batcher(detector, settings);
    }
  }

  /** A subtask's right to the detector; closing it twice does no harm. */
  public final class Share implements AutoCloseable {
    private final Key key;
    private final Entry entry;
    private boolean returned;

    private Share(Key key, Entry entry) {
      this.key = key;
      this.entry = entry;
    }

    public Batcher batcher() {
      return entry.batcher;
    }

    @Override
    public void close() {
      synchronized (SharedDetectors.this) {
        if (!returned) {
          returned = true;
          release(key, entry);
        }
      }
    }
  }
}
