package io.vigil.connectors.video.metrics;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * All metrics; {@code docs/metrics.md} is made of this list. One convention: what is counted, then
 * what became of it ({@code framesDropped}); what is measured, then its unit. Times are in {@code
 * Micros} in histograms, in {@code Nanos} where they are summed up, and in {@code Millis} in
 * gauges.
 *
 * <p>Each stands in the group {@code vigil} of its operator. What is told of each stream stands
 * there in a group {@code stream} with the stream's id as its value, which reporters make a label,
 * as they do with {@code reason} and {@code stage} below it. So the Prometheus reporter calls one
 * {@code flink_taskmanager_job_task_operator_vigil_stream_framesDecoded{stream="gate"}}.
 *
 * <p>All count since the operator started in its task, so frames decoded again after a restore
 * count again; the ledger on the streams' topic does not.
 */
public enum VigilMetric {
  FRAMES_DECODED(
      "framesDecoded",
      Kind.COUNTER,
      Scope.STREAM,
      Job.EVERY,
      "Frames that came out of the decoder."),
  FRAMES_DROPPED(
      "framesDropped",
      Kind.COUNTER,
      Scope.STREAM_REASON,
      Job.EVERY,
      "Of these, frames passed over: `sampling` and `range` as was asked, `overload` because later"
          + " ones came before the device had time (counted where it happens: in the source and in"
          + " `inference`), `keyframe` because what they need to be decoded was missing."),
  FRAMES_FAILED(
      "framesFailed",
      Kind.COUNTER,
      Scope.STREAM_STAGE,
      Job.EVERY,
      "Frames that failed, by where: `record`, `decode`, `letterbox` in the source, `inference`,"
          + " `postprocessing` in the operator."),
  DECODE_TIME(
      "decodeMicros",
      Kind.HISTOGRAM,
      Scope.STREAM,
      Job.EVERY,
      "What decoding took, without the wait for a camera's packets."),
  LETTERBOX_TIME(
      "letterboxMicros",
      Kind.HISTOGRAM,
      Scope.STREAM,
      Job.EVERY,
      "What conversion to RGB, resizing and padding took. (Of pictures on Kafka a part of"
          + " decoding.)"),
  CONNECTED(
      "connected",
      Kind.GAUGE,
      Scope.STREAM,
      Job.CAMERA,
      "1 while there is a connection to the camera, 0 while there is none."),
  CONNECTIONS("connections", Kind.COUNTER, Scope.STREAM, Job.CAMERA, "Connections that were made."),
  RECONNECTS(
      "reconnects",
      Kind.COUNTER,
      Scope.STREAM,
      Job.CAMERA,
      "Of these, those of a camera that was connected to before."),
  CONNECTION_FAILURES(
      "connectionFailures",
      Kind.COUNTER,
      Scope.STREAM,
      Job.CAMERA,
      "Connections, or attempts at one, that failed."),
  STALLS(
      "stalls",
      Kind.COUNTER,
      Scope.STREAM,
      Job.CAMERA,
      "Times that no frame came for longer than the camera's stall limit."),
  DEAD_LETTERS(
      "deadLetters",
      Kind.COUNTER,
      Scope.STREAM,
      Job.TOPIC,
      "Records that were refused and went to the dead-letter topic."),
  STREAMS_FAILED(
      "streamsFailed",
      Kind.COUNTER,
      Scope.OPERATOR,
      Job.FILE,
      "Files that could not be opened or read to their end."),
  DECODE_NANOS(
      "decodeNanos",
      Kind.COUNTER,
      Scope.OPERATOR,
      Job.REPLAYED,
      "Time spent waiting for the decoder, summed over frames."),
  LETTERBOX_NANOS(
      "letterboxNanos",
      Kind.COUNTER,
      Scope.OPERATOR,
      Job.REPLAYED,
      "Time spent on conversion, resizing and padding, summed over frames."),
  FIRST_FRAME_NANOS(
      "firstFrameNanos",
      Kind.GAUGE,
      Scope.OPERATOR,
      Job.REPLAYED,
      "The process's monotonic clock when the first frame had been decoded; 0 before."),

  FRAMES_IN("framesIn", Kind.COUNTER, Scope.OPERATOR, Job.EVERY, "Frames taken in by `inference`."),
  FRAMES_DETECTED(
      "framesDetected", Kind.COUNTER, Scope.STREAM, Job.EVERY, "Frames whose event has been sent."),
  FRAMES_TRUNCATED(
      "framesTruncated",
      Kind.COUNTER,
      Scope.OPERATOR,
      Job.EVERY,
      "Frames whose last candidate still had a score above the threshold, so that the network may"
          + " have had more than it gave: a model exported with a larger K would say."),
  QUEUE_TIME(
      "queueMicros",
      Kind.HISTOGRAM,
      Scope.STREAM,
      Job.EVERY,
      "From a frame's decoding until `inference` took it in."),
  BATCH_WAIT(
      "batchWaitMicros",
      Kind.HISTOGRAM,
      Scope.STREAM,
      Job.EVERY,
      "A frame's wait until its batch was closed."),
  INFERENCE_TIME(
      "inferenceMicros",
      Kind.HISTOGRAM,
      Scope.OPERATOR,
      Job.EVERY,
      "A batch's time on the device; of batches in which the subtask had frames."),
  POST_PROCESSING_TIME(
      "postProcessingMicros",
      Kind.HISTOGRAM,
      Scope.STREAM,
      Job.EVERY,
      "Boxes, NMS and making of the event, of a frame."),
  DECODE_TO_EVENT(
      "decodeToEventMicros",
      Kind.HISTOGRAM,
      Scope.STREAM,
      Job.EVERY,
      "From a frame's decoding until its event was sent."),
  CAPTURE_TO_EVENT(
      "captureToEventMicros",
      Kind.HISTOGRAM,
      Scope.STREAM,
      Job.CAMERA,
      "From a frame's capture until its event was sent. By the camera's clock where it is known, so"
          + " a camera whose clock is wrong shows it here. Of frames on Kafka too, if they have a"
          + " capture time."),
  SILENT(
      "silentMillis",
      Kind.GAUGE,
      Scope.STREAM,
      Job.EVERY,
      "Since the stream's last event. The histograms of a camera that is dead keep its last values;"
          + " this one grows."),
  BATCHES(
      "batches",
      Kind.COUNTER,
      Scope.OPERATOR,
      Job.EVERY,
      "Batches in which the subtask had frames."),
  BATCH_FILL(
      "batchFillPercent",
      Kind.HISTOGRAM,
      Scope.OPERATOR,
      Job.EVERY,
      "Pictures in a batch in percent of its size."),
  QUEUE_LENGTH(
      "queueLength",
      Kind.GAUGE,
      Scope.OPERATOR,
      Job.EVERY,
      "Elements that have come in and not left: frames, and what waits behind them."),
  BATCH_WAIT_NANOS(
      "batchWaitNanos",
      Kind.COUNTER,
      Scope.OPERATOR,
      Job.EVERY,
      "Wait of frames until their batch was closed, summed."),
  DEVICE_WAIT_NANOS(
      "deviceWaitNanos",
      Kind.COUNTER,
      Scope.OPERATOR,
      Job.EVERY,
      "Wait of closed batches until the device was free, summed."),
  COPY_NANOS(
      "copyNanos",
      Kind.COUNTER,
      Scope.OPERATOR,
      Job.EVERY,
      "Copying of frames into batches, summed."),
  INFERENCE_NANOS(
      "inferenceNanos",
      Kind.COUNTER,
      Scope.OPERATOR,
      Job.EVERY,
      "Device time, summed; of a batch shared with other subtasks, the share of the subtask's"
          + " frames."),
  POST_PROCESSING_NANOS(
      "postProcessingNanos",
      Kind.COUNTER,
      Scope.OPERATOR,
      Job.EVERY,
      "Boxes, NMS and making of events, summed."),
  ORDER_WAIT_NANOS(
      "orderWaitNanos",
      Kind.COUNTER,
      Scope.OPERATOR,
      Job.EVERY,
      "Wait of finished frames for those before them, summed."),
  EMIT_NANOS(
      "emitNanos",
      Kind.COUNTER,
      Scope.OPERATOR,
      Job.EVERY,
      "Serialising and sending of events, summed."),
  DEVICE_MEMORY_USED(
      "deviceMemoryUsedBytes",
      Kind.GAUGE,
      Scope.OPERATOR,
      Job.NONE,
      "Of the GPU, by all of its processes. Absent on a CPU, and where the device does not tell."),
  DEVICE_MEMORY_TOTAL(
      "deviceMemoryTotalBytes",
      Kind.GAUGE,
      Scope.OPERATOR,
      Job.NONE,
      "Of the GPU. Absent on a CPU, and where the device does not tell.");

  /** What Prometheus' reporter puts before the groups of an operator. */
  private static final String OPERATOR_PREFIX = "flink_taskmanager_job_task_operator_";

  private static final String GROUP = "vigil";
  private static final String STREAM = "stream";

  /** Frames or batches that a histogram looks back at. */
  private static final int WINDOW = 1000;

  /** What a metric is. */
  public enum Kind {
    COUNTER,
    GAUGE,
    /** Over the last thousand; Prometheus sees quantiles and a count. */
    HISTOGRAM
  }

  /** What it is told of, apart from the subtask. */
  public enum Scope {
    OPERATOR,
    STREAM,
    STREAM_REASON,
    STREAM_STAGE;

    /** Labels, apart from Flink's. */
    public List<String> labels() {
      return this == OPERATOR ? List.of() : List.of(name().toLowerCase(Locale.ROOT).split("_"));
    }
  }

  /** What a job reads. */
  public enum Job {
    FILES,
    CAMERAS,
    FRAMES;

    private static final Set<Job> EVERY = Set.of(values());
    private static final Set<Job> FILE = Set.of(FILES);
    private static final Set<Job> CAMERA = Set.of(CAMERAS);
    private static final Set<Job> TOPIC = Set.of(FRAMES);
    private static final Set<Job> REPLAYED = Set.of(FILES, FRAMES);

    /** Of no job as such. */
    private static final Set<Job> NONE = Set.of();
  }

  private final String id;
  private final Kind kind;
  private final Scope scope;
  private final Set<Job> jobs;
  private final String meaning;

  VigilMetric(String id, Kind kind, Scope scope, Set<Job> jobs, String meaning) {
    this.id = id;
    this.kind = kind;
    this.scope = scope;
    this.jobs = jobs;
    this.meaning = meaning;
  }

  /** Its name in its group. */
  public String id() {
    return id;
  }

  public Kind kind() {
    return kind;
  }

  public Scope scope() {
    return scope;
  }

  /** Jobs that always have it. */
  public Set<Job> jobs() {
    return jobs;
  }

  /** A sentence, in Markdown. */
  public String meaning() {
    return meaning;
  }

  /** Its name in Prometheus. */
  public String prometheusName() {
    var groups = new StringBuilder(GROUP);
    scope.labels().forEach(label -> groups.append('_').append(label));
    return OPERATOR_PREFIX + groups + "_" + id;
  }

  static MetricGroup streamGroup(MetricGroup operator, String streamId) {
    return operator.addGroup(GROUP).addGroup(STREAM, streamId);
  }

  /** Adds it to an operator. */
  public Counter counter(MetricGroup operator) {
    return registerCounter(requireScope(Scope.OPERATOR, operator).addGroup(GROUP));
  }

  /** Adds it to an operator. */
  public Histogram histogram(MetricGroup operator) {
    return registerHistogram(requireScope(Scope.OPERATOR, operator).addGroup(GROUP));
  }

  /** Adds it to an operator. */
  public void gauge(MetricGroup operator, Gauge<? extends Number> gauge) {
    registerGauge(requireScope(Scope.OPERATOR, operator).addGroup(GROUP), gauge);
  }

  Counter registerCounter(MetricGroup group) {
    require(Kind.COUNTER);
    return group.counter(id);
  }

  Histogram registerHistogram(MetricGroup group) {
    require(Kind.HISTOGRAM);
    return group.histogram(id, new DescriptiveStatisticsHistogram(WINDOW));
  }

  void registerGauge(MetricGroup group, Gauge<? extends Number> gauge) {
    require(Kind.GAUGE);
    group.gauge(id, gauge);
  }

  MetricGroup requireScope(Scope asked, MetricGroup group) {
    if (scope != asked) {
      throw new IllegalArgumentException(this + " is of " + scope + ", not of " + asked);
    }
    return group;
  }

  private void require(Kind asked) {
    if (kind != asked) {
      throw new IllegalArgumentException(this + " is a " + kind + ", not a " + asked);
    }
  }
}
