package io.vigil.model.runtime;

import io.vigil.model.backend.OnnxExport;
import io.vigil.model.backend.OnnxOptions;
import io.vigil.model.backend.OnnxOptions.Form;
import io.vigil.model.backend.OnnxOptions.Input;
import io.vigil.model.backend.ShapeReading;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.weights.InitialWeights;
import io.vigil.model.weights.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

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

  /**
   * What came of it. A ratio is the median of those of the rounds, as a machine that is shared is
   * slower in some of them.
   */
  public record Report(
      Settings settings,
      Times production,
      Times maps,
      Times plain,
      double productionToMaps,
      double plainToMaps) {

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
          .append("  production / maps  %.3f  (at most 1.08)%n".formatted(productionToMaps))
          .append("  plain / maps       %.3f  (at least 1.10)%n".formatted(plainToMaps))
          .toString();
    }
  }

  /**
   * @throws IllegalArgumentException if there is no such model
   * @throws DetectorException if ONNX Runtime fails
   */
  public static Report run(Settings settings) {
    var config = EfficientDetConfig.named(settings.model);
    var weights = InitialWeights.of(ShapeReading.of(config).parameters(), 1);
    var maps = OnnxOptions.maps();
    try (var production = new Subject(settings, weights, production());
        var proven = new Subject(settings, weights, maps);
        var plain = new Subject(settings, weights, maps.withForm(Form.PLAIN))) {
      var subjects = List.of(production, proven, plain);
      for (var round = -WARM_UP; round < settings.rounds; round++) {
        for (var subject : subjects) {
          subject.call(round >= 0);
        }
      }
      return new Report(
          settings,
          production.times("production: bytes in, best pairs out"),
          proven.times("maps: floats in, all rows out"),
          plain.times("plain: the same with BN and Pad nodes left in"),
          production.over(proven),
          plain.over(proven));
    }
  }

  private static OnnxOptions production() {
    return OnnxOptions.production(OnnxOptions.STREAM_TOP_K);
  }

  /** One graph with its picture, and how long its calls took. */
  private static final class Subject implements AutoCloseable {

    private final OnnxSession session;
    private final Runnable call;
    private final int batch;
    private final List<Double> milliseconds = new ArrayList<>();

    Subject(Settings settings, Weights weights, OnnxOptions options) {
      var config = EfficientDetConfig.named(settings.model);
      batch = settings.batch;
      var model = OnnxExport.export(config, weights, options).toByteArray();
      session = OnnxSession.open(model, settings.threads);
      call = call(options.input(), config.resolution());
    }

    private Runnable call(Input input, int side) {
      var bytes = new byte[batch * side * side * 3];
      new Random(1).nextBytes(bytes);
      if (input == Input.UINT8_NHWC) {
        var buffer = ByteBuffer.allocateDirect(bytes.length).put(bytes).rewind();
        return () -> session.run(buffer, batch, side, side);
      }
      var direct = ByteBuffer.allocateDirect(4 * bytes.length).order(ByteOrder.nativeOrder());
      var floats = direct.asFloatBuffer();
      for (var value : bytes) {
        floats.put(value / 64f);
      }
      floats.rewind();
      return () -> session.run(floats, batch, side, side);
    }

    void call(boolean counted) {
      var start = System.nanoTime();
      call.run();
      if (counted) {
        milliseconds.add((System.nanoTime() - start) / 1e6 / batch);
      }
    }

    Times times(String name) {
      return new Times(name, milliseconds.stream().sorted().toList());
    }

    double over(Subject other) {
      var ratios =
          IntStream.range(0, milliseconds.size())
              .mapToObj(i -> milliseconds.get(i) / other.milliseconds.get(i))
              .sorted()
              .toList();
      return new Times("", ratios).median();
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
