package io.vigil.pipeline.bench;

import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.broker.EmbeddedBroker;
import io.vigil.connectors.video.decode.VideoDecoder;
import io.vigil.connectors.video.reader.LetterboxSettings;
import io.vigil.connectors.video.source.VideoSource;
import io.vigil.model.detect.DetectionSettings;
import io.vigil.model.runtime.DetectorSettings;
import io.vigil.model.runtime.ModelMetadata;
import io.vigil.model.runtime.OnnxSession;
import io.vigil.pipeline.batch.BatchSettings;
import io.vigil.pipeline.job.ConfiguredJob;
import io.vigil.pipeline.job.ModelDetector;
import io.vigil.pipeline.operator.InferenceSettings;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * What the pipeline adds to the network: the time from the first frame decoded to the last event
 * committed, over the time of ONNX Runtime alone on the same letterboxed frames at the same batch
 * and threads, one batch at a time, in turns.
 *
 * <pre>{@code
 * new PipelineBench(DetectorSettings.onCpu(model), metadata, clip, 400, batching, 5, folder).run(out);
 * }</pre>
 *
 * @param clip a video; its frames are kept in memory, half a megabyte each
 * @param frames a round, at least: the clip is played as several streams, one after the other
 * @param folder for the broker
 */
public record PipelineBench(
    DetectorSettings detector,
    ModelMetadata model,
    Path clip,
    int frames,
    BatchSettings batching,
    int rounds,
    Path folder) {

  /** Most time that the pipeline is to take over the network alone. */
  public static final double GOAL = 1.10;

  /** Returns the pipeline's time over the network's, the median of the rounds. */
  public double run(PrintWriter out) throws Exception {
    var batches = batches();
    int once = batches.stream().mapToInt(Batch::count).sum();
    int times = (frames + once - 1) / Math.max(1, once);
    try (var network = OnnxSession.open(detector);
        var broker = EmbeddedBroker.at(folder.resolve("broker")).start()) {
      var connection = KafkaConnection.to(broker.bootstrapServers());
      PipelineRun.of(connection, source(1), inference(), 1);
      alone(network, batches);
      return compare(out, network, Collections.nCopies(times, batches), connection);
    }
  }

  /** Half of what the network does alone before the pipeline, half after it. */
  private double compare(
      PrintWriter out, OnnxSession network, List<List<Batch>> clips, KafkaConnection connection)
      throws Exception {
    var ratio = new Rounds();
    var batches = clips.stream().flatMap(List::stream).toList();
    int half = batches.size() / 2;
    for (int round = 1; round <= rounds; round++) {
      long before = alone(network, batches.subList(0, half));
      var pipeline = PipelineRun.of(connection, source(clips.size()), inference(), 1);
      long alone = before + alone(network, batches.subList(half, batches.size()));
      ratio.add((double) pipeline.elapsed() / alone);
      out.printf(
          Locale.ROOT,
          "round %d: %d frames: network alone %.2f ms a frame, pipeline %.2f%n",
          round,
          pipeline.frames(),
          alone / 1e6 / pipeline.frames(),
          pipeline.elapsed() / 1e6 / pipeline.frames());
      pipeline.stages().print(out, pipeline.frames(), pipeline.elapsed());
      out.flush();
    }
    out.printf(
        Locale.ROOT,
        "pipeline over network alone, batch %d: %.3f (%s)%n",
        batching.size(),
        ratio.median(),
        batching.concurrentRuns() == 1
            ? "at most " + GOAL
            : batching.concurrentRuns() + " batches at once over one at a time");
    return ratio.median();
  }

  private VideoSource source(int streams) {
    var builder =
        VideoSource.builder()
            .setLetterbox(pictures())
            .setDecoderThreads(ConfiguredJob.decoderThreads(detector.device()));
    for (int i = 0; i < streams; i++) {
      builder.addFile("bench-" + i, clip);
    }
    return builder.build();
  }

  private LetterboxSettings pictures() {
    return ConfiguredJob.letterbox(model, false);
  }

  private InferenceSettings inference() {
    return new InferenceSettings(
        new ModelDetector(detector), batching, DetectionSettings.withScore(0.3f));
  }

  /**
   * Some of the clip's frames as the network takes them.
   *
   * @param images uint8, [count, height, width, 3]
   */
  private record Batch(ByteBuffer images, int count, int height, int width) {}

  private List<Batch> batches() throws Exception {
    var frames = new ArrayList<byte[]>();
    var info = VideoDecoder.probe(clip);
    var letterbox = pictures().letterbox(info.width(), info.height());
    try (var decoder = VideoDecoder.open(clip, 0)) {
      while (decoder.next()) {
        frames.add(decoder.letterbox(letterbox, pictures().fill()));
      }
    }
    var batches = new ArrayList<Batch>();
    for (int i = 0; i < frames.size(); i += batching.size()) {
      var some = frames.subList(i, Math.min(frames.size(), i + batching.size()));
      batches.add(direct(some, letterbox.height(), letterbox.width()));
    }
    return batches;
  }

  private static Batch direct(List<byte[]> pictures, int height, int width) {
    var images = ByteBuffer.allocateDirect(pictures.size() * height * width * 3);
    pictures.forEach(images::put);
    return new Batch(images.rewind(), pictures.size(), height, width);
  }

  private static long alone(OnnxSession network, List<Batch> batches) {
    long start = System.nanoTime();
    for (var next : batches) {
      network.run(next.images, next.count, next.height, next.width);
    }
    return System.nanoTime() - start;
  }
}
