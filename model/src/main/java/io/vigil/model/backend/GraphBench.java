package io.vigil.model.backend;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.vigil.model.backend.OnnxOptions.Form;
import io.vigil.model.backend.OnnxOptions.Input;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.weights.InitialWeights;
import io.vigil.model.weights.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What the exported form costs: the graph that runs, the same network with floats in and all rows
 * out, and the same with batch norms and pads left in, run in turns so that whatever else the
 * machine does falls on all three.
 *
 * <pre>{@code
 * System.out.println(GraphBench.run(GraphBench.Settings.of("d0")).text());
 * }</pre>
 */
public final class GraphBench {

  /** Rounds that are not counted: the first ones fill caches and arenas. */
  private static final int WARM_UP = 3;

  private GraphBench() {}

  /**
   * What is measured.
   *
   * @param model a name of the compound-scaling table
   * @param threads of ONNX Runtime's one pool
   * @param batch pictures a call
   * @param rounds counted calls of each graph
   */
  public record Settings(String model, int threads, int batch, int rounds) {

    public static Settings of(String model) {
      return new Settings(model, 2, 1, 30);
    }
  }

  /**
   * Milliseconds a picture of one graph, in ascending order.
   *
   * @param name for people
   */
  public record Times(String name, List<Double> milliseconds) {

    public double quantile(double share) {
      return milliseconds.get((int) (share * (milliseconds.size() - 1)));
    }

    public double median() {
      return quantile(0.5);
    }
  }

  /** What came of it; the ratios are those of the medians. */
  public record Report(Settings settings, Times production, Times maps, Times plain) {

    public double productionToMaps() {
      return production.median() / maps.median();
    }

    public double plainToMaps() {
      return plain.median() / maps.median();
    }

    public String text() {
      var lines = new StringBuilder();
      lines.append(
          "%s, batch %d, %d threads, %d rounds; milliseconds a picture%n"
              .formatted(settings.model, settings.batch, settings.threads, settings.rounds));
      for (var times : List.of(production, maps, plain)) {
        lines.append(
            "  %-48s median %7.2f   p10 %7.2f   p90 %7.2f%n"
                .formatted(times.name, times.median(), times.quantile(0.1), times.quantile(0.9)));
      }
      return lines
          .append("  production / maps  %.3f  (at most 1.08)%n".formatted(productionToMaps()))
          .append("  plain / maps       %.3f  (at least 1.10)%n".formatted(plainToMaps()))
          .toString();
    }
  }

  /**
   * @throws IllegalArgumentException if there is no such model
   * @throws IllegalStateException if ONNX Runtime is in use in this process already, with a pool of
   *     its own
   */
  public static Report run(Settings settings) {
    var config = EfficientDetConfig.named(settings.model);
    var weights = InitialWeights.of(ShapeReading.of(config).parameters(), 1);
    var maps = OnnxOptions.maps();
    try (var threading = new OrtEnvironment.ThreadingOptions()) {
      threading.setGlobalIntraOpNumThreads(settings.threads);
      var environment =
          OrtEnvironment.getEnvironment(
              OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING, "graph-bench", threading);
      try (var first = new Subject(environment, config, weights, production(), settings);
          var second = new Subject(environment, config, weights, maps, settings);
          var third =
              new Subject(environment, config, weights, maps.withForm(Form.PLAIN), settings)) {
        var subjects = List.of(first, second, third);
        for (var round = -WARM_UP; round < settings.rounds; round++) {
          for (var subject : subjects) {
            subject.call(round >= 0);
          }
        }
        return new Report(
            settings,
            first.times("production: bytes in, best pairs out"),
            second.times("maps: floats in, all rows out"),
            third.times("plain: the same with BN and Pad nodes left in"));
      }
    } catch (OrtException failure) {
      throw new IllegalStateException("ONNX Runtime failed: " + failure.getMessage(), failure);
    }
  }

  private static OnnxOptions production() {
    return OnnxOptions.production(OnnxOptions.STREAM_TOP_K);
  }

  /** One graph with its picture, and how long its calls took. */
  private static final class Subject implements AutoCloseable {

    private final OrtSession session;
    private final OnnxTensor pictures;
    private final int batch;
    private final List<Double> milliseconds = new ArrayList<>();

    Subject(
        OrtEnvironment environment,
        EfficientDetConfig config,
        Weights weights,
        OnnxOptions options,
        Settings settings)
        throws OrtException {
      batch = settings.batch;
      try (var sessionOptions = new OrtSession.SessionOptions()) {
        // One pool for all: sessions with pools of their own take the cores from each other.
        sessionOptions.disablePerSessionThreads();
        var model = OnnxExport.export(config, weights, options).toByteArray();
        session = environment.createSession(model, sessionOptions);
      }
      pictures = pictures(environment, options.input(), batch, config.resolution());
    }

    /**
     * As a detector calls: direct buffers in, and of what comes out only the candidates are read.
     */
    void call(boolean counted) throws OrtException {
      var start = System.nanoTime();
      try (var result = session.run(Map.of(OnnxExport.IMAGES, pictures))) {
        for (var output : result) {
          if (output.getKey().equals("logits") || output.getKey().equals("regression")) {
            ((OnnxTensor) output.getValue()).getFloatBuffer();
          }
        }
      }
      if (counted) {
        milliseconds.add((System.nanoTime() - start) / 1e6 / batch);
      }
    }

    Times times(String name) {
      return new Times(name, milliseconds.stream().sorted().toList());
    }

    @Override
    public void close() throws OrtException {
      pictures.close();
      session.close();
    }
  }

  private static OnnxTensor pictures(OrtEnvironment environment, Input input, int batch, int side)
      throws OrtException {
    var random = new Random(1);
    var bytes = new byte[batch * side * side * 3];
    random.nextBytes(bytes);
    if (input == Input.UINT8_NHWC) {
      var buffer = ByteBuffer.allocateDirect(bytes.length).put(bytes).rewind();
      var shape = new long[] {batch, side, side, 3};
      return OnnxTensor.createTensor(environment, buffer, shape, OnnxJavaType.UINT8);
    }
    var floats =
        ByteBuffer.allocateDirect(4 * bytes.length).order(ByteOrder.nativeOrder()).asFloatBuffer();
    for (var value : bytes) {
      floats.put(value / 64f);
    }
    var shape = new long[] {batch, 3, side, side};
    return OnnxTensor.createTensor(environment, floats.rewind(), shape);
  }
}
