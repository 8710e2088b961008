package io.vigil.model.bench;

import ai.djl.engine.Engine;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.vigil.model.runtime.Detector;
import io.vigil.model.runtime.DetectorSettings;
import io.vigil.model.runtime.ModelFiles;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What a {@link Detector} costs over ONNX Runtime's own Java: the same file and pictures, one call
 * of each in turn, so that whatever else the machine does strikes both.
 *
 * <pre>{@code
 * DetectorBench d0 1 512 512 60   # model, batch, height, width, rounds
 * }</pre>
 */
public final class DetectorBench {
  private static final int WARM_UP = 10;

  private DetectorBench() {}

  public static void main(String[] arguments) throws OrtException {
    String model = argument(arguments, 0, "d0");
    int batch = Integer.parseInt(argument(arguments, 1, "1"));
    int height = Integer.parseInt(argument(arguments, 2, "512"));
    int width = Integer.parseInt(argument(arguments, 3, "512"));
    int rounds = Integer.parseInt(argument(arguments, 4, "60"));
    Path cache = Path.of(System.getProperty("java.io.tmpdir"), "vigil-bench");
    Path file = ModelFiles.resolve(model, cache).path();
    ByteBuffer pictures = noise(batch * height * width * 3);
    try (Detector detector = DetectorSettings.onCpu(file).open();
        Raw raw = Raw.open(file)) {
      List<Double> ofDetector = new ArrayList<>();
      List<Double> ofRaw = new ArrayList<>();
      for (int i = 0; i < WARM_UP + rounds; i++) {
        boolean detectorFirst = i % 2 == 0;
        double first = detectorFirst ? 0 : raw.milliseconds(pictures, batch, height, width);
        double other = milliseconds(() -> detector.infer(pictures, batch, height, width));
        double last = detectorFirst ? raw.milliseconds(pictures, batch, height, width) : first;
        if (i >= WARM_UP) {
          ofDetector.add(other);
          ofRaw.add(last);
        }
      }
      report(batch, height, width, ofDetector, ofRaw);
    }
  }

  private static String argument(String[] arguments, int place, String fallback) {
    return arguments.length > place ? arguments[place] : fallback;
  }

  private static ByteBuffer noise(int bytes) {
    byte[] values = new byte[bytes];
    new Random(1).nextBytes(values);
    return ByteBuffer.allocateDirect(bytes).put(values).rewind();
  }

  private static void report(
      int batch, int height, int width, List<Double> detector, List<Double> raw) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < raw.size(); i++) {
      ratios.add(detector.get(i) / raw.get(i));
    }
    System.out.printf(
        "batch %d, %d x %d, %d rounds: detector %.2f ms, ONNX Runtime %.2f ms; ratio of medians"
            + " %.3f, median of ratios %.3f%n",
        batch,
        height,
        width,
        raw.size(),
        median(detector),
        median(raw),
        median(detector) / median(raw),
        median(ratios));
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  private interface Work {
    void run() throws OrtException;
  }

  private static double milliseconds(Work work) throws OrtException {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  /** The least that a user of ONNX Runtime can do: a tensor on the buffer, a run, the outputs. */
  private record Raw(OrtEnvironment environment, OrtSession session) implements AutoCloseable {

    static Raw open(Path file) throws OrtException {
      Engine.getEngine("OnnxRuntime");
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      try (SessionOptions options = new SessionOptions()) {
        options.disablePerSessionThreads();
        return new Raw(environment, environment.createSession(file.toString(), options));
      }
    }

    double milliseconds(ByteBuffer pictures, int batch, int height, int width) throws OrtException {
      return DetectorBench.milliseconds(() -> run(pictures, batch, height, width));
    }

    private void run(ByteBuffer pictures, long... shape) throws OrtException {
      long[] whole = Arrays.copyOf(shape, 4);
      whole[3] = 3;
      try (OnnxTensor input =
              OnnxTensor.createTensor(environment, pictures, whole, OnnxJavaType.UINT8);
          OrtSession.Result result = session.run(Map.of("images", input))) {
        for (var output : result) {
          ((OnnxTensor) output.getValue()).getByteBuffer();
        }
      }
    }

    @Override
    public void close() throws OrtException {
      session.close();
    }
  }
}
