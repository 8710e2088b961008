package io.vigil.connectors.video.metrics;

/**
 * The names of all metrics. One convention: what is counted, then what became of it ({@code
 * framesDropped}); times carry their unit ({@code Nanos} summed over frames, {@code Millis} in
 * histograms and gauges).
 *
 * <p>Full names: {@code <host>.taskmanager.<id>.<job>.<operator>.<subtask>.<name>}. What is told of
 * each stream stands in a group of the stream's id, {@code ….stream.<id>.<name>}; a reporter that
 * knows labels makes {@code stream} one. The reader of files has a group of its own, {@code
 * ….video.<name>}.
 */
public final class MetricNames {

  /** Group of what is told of each stream, with its id as the value. */
  public static final String STREAM = "stream";

  /** Group of the reader of files. */
  public static final String VIDEO = "video";

  // Of readers; since the reader started, so frames decoded again after a restore count again.

  /** Frames that came out of the decoder. */
  public static final String FRAMES_DECODED = "framesDecoded";

  /** Of these, frames passed over by sampling or by the time range. */
  public static final String FRAMES_DROPPED = "framesDropped";

  /** Of these, frames passed over by sampling. */
  public static final String FRAMES_SAMPLED_OUT = "framesSampledOut";

  /**
   * Frames dropped because later ones came before they were taken. Counted where it happens: in the
   * reader and in the inference operator; together they are the ledger's {@code overload}.
   */
  public static final String FRAMES_OVERLOAD = "framesOverload";

  /** Frames that could not be converted, or that the network or post-processing failed on. */
  public static final String FRAMES_FAILED = "framesFailed";

  /** Files that could not be opened or read to their end. */
  public static final String STREAMS_FAILED = "streamsFailed";

  /** A camera's connections that were made. */
  public static final String CONNECTIONS = "connections";

  /** A camera's connections, or attempts at one, that failed. */
  public static final String FAILURES = "failures";

  /** Time spent waiting for the decoder. */
  public static final String DECODE_NANOS = "decodeNanos";

  /** Time spent on conversion to RGB, resizing and padding. */
  public static final String LETTERBOX_NANOS = "letterboxNanos";

  /** Time of the monotonic clock when the first frame had been decoded; 0 before. */
  public static final String FIRST_FRAME_NANOS = "firstFrameNanos";

  // Of the inference operator, each subtask its own share.

  /** Frames taken in. */
  public static final String FRAMES_IN = "framesIn";

  /**
   * Frames whose last candidate still had a score above the threshold, so that the network may have
   * had more than it gave: a model exported with a larger K would say.
   */
  public static final String FRAMES_TRUNCATED = "framesTruncated";

  /** Batches in which the subtask had frames. */
  public static final String BATCHES = "batches";

  /** Pictures in a batch in percent of its size; histogram over the last batches. */
  public static final String BATCH_FILL = "batchFillPercent";

  /** Of a batch on the device; histogram over the last batches. */
  public static final String INFERENCE_TIME = "inferenceTimeMillis";

  /** Elements that have come in and not left: frames, and what waits behind them. */
  public static final String QUEUE_LENGTH = "queueLength";

  /** Wait of frames until their batch was closed. */
  public static final String BATCH_WAIT_NANOS = "batchWaitNanos";

  /** Wait of closed batches until the device was free. */
  public static final String DEVICE_WAIT_NANOS = "deviceWaitNanos";

  /** Copying of frames into batches. */
  public static final String COPY_NANOS = "copyNanos";

  /** Device time; of a batch shared with other subtasks, the share of the subtask's frames. */
  public static final String INFERENCE_NANOS = "inferenceNanos";

  /** Boxes, NMS and making of events. */
  public static final String POST_PROCESSING_NANOS = "postProcessingNanos";

  /** Wait of finished frames for those before them. */
  public static final String ORDER_WAIT_NANOS = "orderWaitNanos";

  /** Serialising and sending of events. */
  public static final String EMIT_NANOS = "emitNanos";

  // Of the inference operator, by stream.

  /** Frames whose event has been sent. */
  public static final String FRAMES_DETECTED = "framesDetected";

  /**
   * From a frame's capture to the sending of its event; histogram over the last frames. By the
   * camera's clock where it is known and the machine's otherwise, so a camera whose clock is wrong
   * shows it here. Files have none.
   */
  public static final String CAPTURE_TO_EVENT = "captureToEventMillis";

  /** From a live frame's decoding until the operator took it in; histogram over the last frames. */
  public static final String READER_WAIT = "readerWaitMillis";

  /**
   * Since the stream's last event, by the machine's clock. The histograms of a camera that is dead
   * keep its last values; this one grows.
   */
  public static final String SILENT = "silentMillis";

  private MetricNames() {}
}
