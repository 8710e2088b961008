package io.vigil.model.backend;

import ai.djl.engine.Engine;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** An exported model in ONNX Runtime, without anything of Vigil's around it. */
public final class OrtModel implements AutoCloseable {

  static {
    // DJL has to come first: it creates the environment with the thread pool of the whole process.
    Engine.getEngine("OnnxRuntime");
  }

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  public OrtModel(ModelProto model) throws OrtException {
    try (var options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(2);
      session = environment.createSession(model.toByteArray(), options);
    }
  }

  /** An output with its shape. */
  public record Output(long[] shape, float[] floats, int[] ints) {

    /** One of the batch. */
    public Output picture(int place) {
      var one = shape.clone();
      one[0] = 1;
      var size = (int) Arrays.stream(one).reduce(1, (a, b) -> a * b);
      return new Output(
          one,
          floats == null ? null : Arrays.copyOfRange(floats, place * size, (place + 1) * size),
          ints == null ? null : Arrays.copyOfRange(ints, place * size, (place + 1) * size));
    }
  }

  public Map<String, Output> run(float[] images, long... shape) throws OrtException {
    var bytes = ByteBuffer.allocateDirect(4 * images.length).order(ByteOrder.nativeOrder());
    var floats = bytes.asFloatBuffer().put(images).rewind();
    try (var tensor = OnnxTensor.createTensor(environment, floats, shape)) {
      return run(tensor);
    }
  }

  public Map<String, Output> run(byte[] images, long... shape) throws OrtException {
    var bytes = ByteBuffer.allocateDirect(images.length).put(images).rewind();
    try (var tensor = OnnxTensor.createTensor(environment, bytes, shape, OnnxJavaType.UINT8)) {
      return run(tensor);
    }
  }

  private Map<String, Output> run(OnnxTensor images) throws OrtException {
    var outputs = new LinkedHashMap<String, Output>();
    try (var result = session.run(Map.of(OnnxExport.IMAGES, images))) {
      for (var entry : result) {
        outputs.put(entry.getKey(), output((OnnxTensor) entry.getValue()));
      }
    }
    return outputs;
  }

  private static Output output(OnnxTensor tensor) {
    var shape = tensor.getInfo().getShape();
    if (tensor.getInfo().type == OnnxJavaType.INT32) {
      var buffer = tensor.getIntBuffer();
      var values = new int[buffer.remaining()];
      buffer.get(values);
      return new Output(shape, null, values);
    }
    var buffer = tensor.getFloatBuffer();
    var values = new float[buffer.remaining()];
    buffer.get(values);
    return new Output(shape, values, null);
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
