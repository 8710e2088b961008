package io.vigil.pipeline.bench;

import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.broker.EmbeddedBroker;
import io.vigil.connectors.video.decode.Fill;
import io.vigil.connectors.video.decode.VideoDecoder;
import io.vigil.connectors.video.reader.LetterboxSettings;
import io.vigil.connectors.video.source.VideoSource;
import io.vigil.model.detect.DetectionSettings;
import io.vigil.pipeline.batch.BatchSettings;
import io.vigil.pipeline.operator.InferenceSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the pipeline costs without a network: frames/s with a detector that finds nothing, against
 * ffmpeg that decodes and scales the same file to nowhere, in turns.
 *
 * <pre>{@code
 * new BareBench(clip, 10_000, 3, temporaryFolder).run(out);
 * }</pre>
 *
 * <p>Both decode one file, with as many threads as there are cores. Where an NVIDIA GPU can decode
 * it, ffmpeg does so too in its turn, which tells what the pipeline could gain by it.
 *
 * @param clip a video, repeated into one long file
 * @param frames at least so many, in all
 * @param folder for the broker and the long file
 */
public record BareBench(Path clip, int frames, int rounds, Path folder) {

  /** Share of ffmpeg's frames/s that the pipeline is to reach. */
  public static final double GOAL = 0.70;

  private static final int RESOLUTION = 512;
  private static final LetterboxSettings PICTURES =
      new LetterboxSettings(RESOLUTION, 128, false, new Fill(124, 116, 104));
  private static final InferenceSettings NO_NETWORK =
      new InferenceSettings(
          new NullDetector.Factory(RESOLUTION),
          BatchSettings.of(8, Duration.ofMillis(50)),
          DetectionSettings.withScore(0.3f));

  /** Returns the pipeline's frames/s over those of the bundled ffmpeg, the median of the rounds. */
  public double run(PrintWriter out) throws Exception {
    var file = folder.resolve("bench-" + clip.getFileName());
    int once = countFrames(clip);
    FFmpegRun.bundled().repeat(clip, (frames + once - 1) / once, file);
    try (var broker = EmbeddedBroker.at(folder.resolve("broker")).start()) {
      return compare(out, KafkaConnection.to(broker.bootstrapServers()), file);
    }
  }

  private double compare(PrintWriter out, KafkaConnection connection, Path file) throws Exception {
    var info = VideoDecoder.probe(file);
    var letterbox = PICTURES.letterbox(info.width(), info.height());
    Map<FFmpegRun, Rounds> ratios = new LinkedHashMap<>();
    FFmpegRun.available().forEach(ffmpeg -> ratios.put(ffmpeg, new Rounds()));
    FFmpegRun.byNvidia()
        .hindrance(file)
        .ifPresentOrElse(
            why -> out.printf("No GPU that decodes: %s%n", why),
            () -> ratios.put(FFmpegRun.byNvidia(), new Rounds()));
    PipelineRun.of(connection, source(file), NO_NETWORK, 1);
    for (int round = 1; round <= rounds; round++) {
      var pipeline = PipelineRun.of(connection, source(file), NO_NETWORK, 1);
      out.printf(
          Locale.ROOT,
          "round %d: pipeline, %d frames: %.0f frames/s%n",
          round,
          pipeline.frames(),
          pipeline.framesPerSecond());
      for (var ffmpeg : ratios.keySet()) {
        double theirs = pipeline.frames() * 1e9 / ffmpeg.decodeAndScale(file, letterbox);
        ratios.get(ffmpeg).add(pipeline.framesPerSecond() / theirs);
        out.printf(Locale.ROOT, "round %d: %s: %.0f frames/s%n", round, ffmpeg.name(), theirs);
      }
      pipeline.stages().print(out, pipeline.frames(), pipeline.elapsed());
      out.flush();
    }
    ratios.forEach(
        (ffmpeg, ratio) ->
            out.printf(
                Locale.ROOT,
                "pipeline over %s: %.2f (at least %.2f)%n",
                ffmpeg.name(),
                ratio.median(),
                GOAL));
    return ratios.values().iterator().next().median();
  }

  private static VideoSource source(Path file) {
    return VideoSource.builder().setLetterbox(PICTURES).addFile("bench", file).build();
  }

  private static int countFrames(Path file) throws Exception {
    int count = 0;
    try (var decoder = VideoDecoder.open(file, 0)) {
      while (decoder.next()) {
        count++;
      }
    }
    return count;
  }
}
