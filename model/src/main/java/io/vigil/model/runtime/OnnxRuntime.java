package io.vigil.model.runtime;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The owner of ONNX Runtime's native library: loaded once a process, with one pool of threads for
 * all detectors. Sessions with pools of their own take the cores from each other; two such take
 * three times as long as two on one pool.
 */
final class OnnxRuntime {
  private static final Logger LOG = LoggerFactory.getLogger(OnnxRuntime.class);

  /** What DJL reads when it makes the environment, and the only way to tell it. */
  private static final String DJL_THREADS = "ai.djl.onnxruntime.num_threads";

  /** DJL would load PyTorch, where it finds it, for operations that are not used here. */
  private static final String DJL_NO_OTHER_ENGINE = "ai.djl.onnx.disable_alternative";

  private static Engine engine;
  private static int poolThreads;
  private static boolean toldOfThreads;
  private static boolean toldOfCpu;

  private OnnxRuntime() {}

  /**
   * DJL's engine. The first detector of the process decides on the number of threads.
   *
   * @param threads 0 for as many as there are cores
   */
  static synchronized Engine engine(int threads) {
    int wanted = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    if (engine == null) {
      engine = load(wanted);
      poolThreads = wanted;
    }
    if (wanted != poolThreads && !toldOfThreads) {
      toldOfThreads = true;
      LOG.warn(
          "ONNX Runtime has one pool of {} threads in this process, since the first detector was"
              + " opened; {} threads were asked for now and are not made",
          poolThreads,
          wanted);
    }
    return engine;
  }

  private static Engine load(int threads) {
    System.setProperty(DJL_THREADS, Integer.toString(threads));
    System.setProperty(DJL_NO_OTHER_ENGINE, "true");
    try {
      return WideStack.call(() -> Engine.getEngine("OnnxRuntime"));
    } catch (RuntimeException | LinkageError | AssertionError failure) {
      throw new DeviceUnavailableException(
          "ONNX Runtime cannot be loaded on this machine: " + rootMessage(failure), failure);
    }
  }

  /** Why the first GPU cannot be run on; empty if it can. */
  static Optional<String> gpuProblem() {
    return gpuProblem(0);
  }

  /** Why a GPU cannot be run on; empty if it can. */
  static Optional<String> gpuProblem(int index) {
    if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
      return Optional.of(
          "the ONNX Runtime on the class path is the one for CPUs; put onnxruntime_gpu in the place"
              + " of onnxruntime (same version; needs CUDA 12 and cuDNN 9)");
    }
    Optional<String> missing = CudaLibraries.problem();
    if (missing.isPresent()) {
      return missing;
    }
    try (SessionOptions options = new SessionOptions()) {
      options.addCUDA(index);
      return Optional.empty();
    } catch (OrtException failure) {
      return Optional.of(CudaLibraries.explain(failure.getMessage()));
    }
  }

  /** Has sessions with these options compute on the GPU. */
  static void addGpu(SessionOptions options, GpuSettings gpu) throws OrtException {
    try (var cuda = new OrtCUDAProviderOptions(gpu.index())) {
      for (var option : gpu.arithmetic().cudaOptions().entrySet()) {
        cuda.add(option.getKey(), option.getValue());
      }
      if (gpu.memory() > 0) {
        cuda.add("gpu_mem_limit", Long.toString(gpu.memory()));
        // An arena that doubles would ask for more than it needs, and fail at the limit
        cuda.add("arena_extend_strategy", "kSameAsRequested");
      }
      options.addCUDA(cuda);
    }
    options.setDeterministicCompute(gpu.arithmetic() == GpuArithmetic.REPRODUCIBLE);
  }

  /**
   * @param wasted whether a GPU was asked for, or given to this process
   */
  static synchronized void tellOfCpu(String reason, boolean wasted) {
    if (!toldOfCpu) {
      toldOfCpu = true;
      LOG.atLevel(wasted ? Level.WARN : Level.INFO).log("Running on the CPU, for {}", reason);
    }
  }

  static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }
}
