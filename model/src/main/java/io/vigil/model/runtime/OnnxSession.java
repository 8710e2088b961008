package io.vigil.model.runtime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.vigil.model.backend.OnnxExport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * ONNX Runtime alone, to measure others against: a tensor on the caller's buffer, a run, and what
 * comes out looked at, which is the least that a user of it can do. On the pool of threads that all
 * detectors of the process share.
 */
public final class OnnxSession implements AutoCloseable {

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  private OnnxSession(byte[] model, DeviceChoice device, GpuSettings gpu) {
    try (SessionOptions options = new SessionOptions()) {
      options.disablePerSessionThreads();
      if (device == DeviceChoice.GPU) {
        OnnxRuntime.addGpu(options, gpu);
      }
      session = environment.createSession(model, options);
    } catch (OrtException failure) {
      throw failed(failure);
    }
  }

  /**
   * @throws DetectorException if ONNX Runtime cannot load the model
   */
  public static OnnxSession open(DetectorSettings settings) {
    OnnxRuntime.engine(settings.threads());
    try {
      byte[] model = Files.readAllBytes(Path.of(settings.model()));
      return new OnnxSession(model, settings.device().here(), settings.gpu());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** On the CPU. */
  static OnnxSession open(byte[] model, int threads) {
    OnnxRuntime.engine(threads);
    return new OnnxSession(model, DeviceChoice.CPU, GpuSettings.FIRST);
  }

  /**
   * @param images direct, uint8 [count, height, width, 3]
   */
  public void run(ByteBuffer images, int count, int height, int width) {
    long[] shape = {count, height, width, 3};
    try (OnnxTensor tensor =
        OnnxTensor.createTensor(environment, images, shape, OnnxJavaType.UINT8)) {
      run(tensor);
    } catch (OrtException failure) {
      throw failed(failure);
    }
  }

  /**
   * @param images direct, float32 [count, 3, height, width]
   */
  void run(FloatBuffer images, int count, int height, int width) {
    long[] shape = {count, 3, height, width};
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, images, shape)) {
      run(tensor);
    } catch (OrtException failure) {
      throw failed(failure);
    }
  }

  private void run(OnnxTensor images) throws OrtException {
    try (OrtSession.Result outputs = session.run(Map.of(OnnxExport.IMAGES, images))) {
      for (var output : outputs) {
        ((OnnxTensor) output.getValue()).getByteBuffer();
      }
    }
  }

  private static DetectorException failed(OrtException failure) {
    return new DetectorException("ONNX Runtime failed: " + failure.getMessage(), failure);
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException failure) {
      throw failed(failure);
    }
  }
}
