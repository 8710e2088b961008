package io.vigil.model.runtime;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.vigil.model.detect.Candidates;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model file on ONNX Runtime, through DJL.
 *
 * <pre>{@code
 * try (Detector detector = OnnxDetector.open(DetectorSettings.onCpu(Path.of("d0.onnx")))) {
 *   List<Candidates> found = detector.infer(pictures, 4, 384, 512);
 * }
 * }</pre>
 *
 * <p>Several threads may call at once; closing waits for them.
 */
public final class OnnxDetector implements Detector {
  private static final Logger LOG = LoggerFactory.getLogger(OnnxDetector.class);

  private final ModelMetadata metadata;
  private final Device device;
  private final Model model;
  private final NDManager manager;
  private final ParameterStore noParameters;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private OnnxDetector(ModelMetadata metadata, Device device, Model model) {
    this.metadata = metadata;
    this.device = device;
    this.model = model;
    this.manager = model.getNDManager();
    this.noParameters = new ParameterStore(manager, false);
  }

  /**
   * @throws DetectorException if the file is no model file, or the device cannot be used; says
   *     which library is missing
   */
  public static OnnxDetector open(DetectorSettings settings) {
    Engine engine = OnnxRuntime.engine(settings.threads());
    Device device = device(settings);
    Path path = Path.of(settings.model());
    ModelMetadata metadata = ModelFile.read(path);
    Model model = load(path, engine, device, settings.gpu());
    LOG.info("{} runs on {}", metadata.name(), named(device));
    return new OnnxDetector(metadata, device, model);
  }

  static void requireDevice(DetectorSettings settings) {
    OnnxRuntime.engine(settings.threads());
    device(settings);
  }

  private static Device device(DetectorSettings settings) {
    if (settings.device() == DeviceChoice.CPU) {
      return Device.cpu();
    }
    GpuSettings gpu = settings.gpu();
    Optional<String> problem = OnnxRuntime.gpuProblem(gpu.index());
    if (problem.isEmpty()) {
      return Device.gpu(gpu.index());
    }
    boolean wanted = settings.device() == DeviceChoice.GPU || gpu.assigned();
    if (wanted && !gpu.cpuInstead()) {
      throw unavailable(settings, problem.get());
    }
    OnnxRuntime.tellOfCpu(problem.get(), wanted);
    return Device.cpu();
  }

  private static DeviceUnavailableException unavailable(DetectorSettings settings, String problem) {
    return new DeviceUnavailableException(
        settings.device() == DeviceChoice.GPU
            ? "Device gpu cannot be used: %s. Or use device cpu or auto, or allow the CPU in its place (cpu-fallback)."
                .formatted(problem)
            : "GPU %d was given to this process and cannot be used: %s. Or use device cpu, or allow the CPU in its place (cpu-fallback)."
                .formatted(settings.gpu().index(), problem));
  }

  /** ONNX Runtime copies the options into the session, so they need not outlive this. */
  private static Model load(Path path, Engine engine, Device device, GpuSettings gpu) {
    // DJL would add the GPU without its options; its arrays are in the CPU's memory anyway
    Model model = engine.newModel(path.getFileName().toString(), Device.cpu());
    try (SessionOptions options = new SessionOptions()) {
      options.setOptimizationLevel(OptLevel.ALL_OPT);
      options.disablePerSessionThreads();
      if (device.isGpu()) {
        OnnxRuntime.addGpu(options, gpu);
      }
      model.load(path.toAbsolutePath(), null, Map.of("sessionOptions", options));
      return model;
    } catch (IOException | MalformedModelException | OrtException | RuntimeException failure) {
      model.close();
      throw new DetectorException(
          "ONNX Runtime cannot load %s on %s: %s"
              .formatted(path, named(device), OnnxRuntime.rootMessage(failure)),
          failure);
    }
  }

  private static String named(Device device) {
    return device.isGpu()
        ? device.getDeviceType() + " " + device.getDeviceId()
        : device.getDeviceType();
  }

  @Override
  public ModelMetadata model() {
    return metadata;
  }

  /** {@code cpu} or {@code gpu}: what {@link DeviceChoice#AUTO} became. */
  public String device() {
    return device.getDeviceType();
  }

  @Override
  public Optional<Supplier<DeviceMemory>> memory() {
    return GpuMemory.of(device);
  }

  @Override
  public List<Candidates> infer(ByteBuffer images, int count, int height, int width) {
    ByteBuffer pictures = checked(images, count, height, width);
    lock.readLock().lock();
    try {
      if (closed) {
        throw new DetectorException("The detector of " + metadata.name() + " is closed.");
      }
      return run(pictures, new Shape(count, height, width, 3));
    } catch (EngineException failure) {
      throw failed(failure, count, height, width);
    } finally {
      lock.readLock().unlock();
    }
  }

  private ByteBuffer checked(ByteBuffer images, int count, int height, int width) {
    int multiple = metadata.sizeMultiple();
    if (height <= 0 || width <= 0 || height % multiple != 0 || width % multiple != 0) {
      throw new DetectorException(
          "%s takes pictures whose height and width are multiples of %d, not %d x %d."
              .formatted(metadata.name(), multiple, height, width));
    }
    long bytes = 3L * count * height * width;
    if (count <= 0 || !images.isDirect() || images.capacity() < bytes) {
      throw new DetectorException(
          "%d pictures of %d x %d need a direct buffer of %d bytes; this is a %s one of %d."
              .formatted(
                  count,
                  height,
                  width,
                  bytes,
                  images.isDirect() ? "direct" : "heap",
                  images.capacity()));
    }
    return images.duplicate().order(ByteOrder.nativeOrder()).clear().limit((int) bytes);
  }

  private List<Candidates> run(ByteBuffer pictures, Shape shape) {
    try (NDManager call = manager.newSubManager()) {
      NDArray input = call.create(pictures, shape, DataType.UINT8);
      NDList outputs = model.getBlock().forward(noParameters, new NDList(input), false);
      return candidates((int) shape.get(0), outputs);
    }
  }

  /** logits [N, K], classes [N, K], anchors [N, K], regression [N, K, 4]. */
  static List<Candidates> candidates(int count, NDList outputs) {
    FloatBuffer logits = outputs.get(0).toByteBuffer().asFloatBuffer();
    IntBuffer classes = outputs.get(1).toByteBuffer().asIntBuffer();
    IntBuffer anchors = outputs.get(2).toByteBuffer().asIntBuffer();
    FloatBuffer regression = outputs.get(3).toByteBuffer().asFloatBuffer();
    int best = logits.remaining() / count;
    List<Candidates> pictures = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      pictures.add(
          new Candidates(
              floats(logits, best),
              integers(classes, best),
              integers(anchors, best),
              floats(regression, 4 * best)));
    }
    return pictures;
  }

  private static float[] floats(FloatBuffer from, int count) {
    float[] values = new float[count];
    from.get(values);
    return values;
  }

  private static int[] integers(IntBuffer from, int count) {
    int[] values = new int[count];
    from.get(values);
    return values;
  }

  private DetectorException failed(EngineException failure, int count, int height, int width) {
    String reason = OnnxRuntime.rootMessage(failure);
    String message =
        "%s failed on %s with %d pictures of %d x %d: %s"
            .formatted(metadata.name(), device(), count, height, width, reason);
    return isOutOfMemory(reason)
        ? new DeviceOutOfMemoryException(message + ". A smaller batch may fit.", failure)
        : new DetectorException(message, failure);
  }

  /** How ONNX Runtime's arenas and CUDA say it. */
  private static boolean isOutOfMemory(String reason) {
    return reason.contains("Failed to allocate memory")
        || reason.contains("bad_alloc")
        || reason.contains("out of memory");
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        model.close();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
