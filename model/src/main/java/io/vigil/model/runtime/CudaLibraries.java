package io.vigil.model.runtime;

import com.sun.jna.NativeLibrary;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What ONNX Runtime 1.29 needs of the machine to run a network of convolutions on a GPU. It says
 * "Failed to load shared library" and no more, and asks for cuDNN only when a session is made; so
 * the linker is asked here, for each by its name.
 */
final class CudaLibraries {

  private static final String DRIVER =
      "the NVIDIA driver; a container has it of the NVIDIA container runtime, when a GPU is given to"
          + " it";

  /** What each comes with, by its name. */
  private static final Map<String, String> NEEDED = new LinkedHashMap<>();

  static {
    NEEDED.put("libcuda.so.1", DRIVER);
    NEEDED.put("libcudart.so.12", "CUDA 12");
    NEEDED.put("libcublas.so.12", "cuBLAS of CUDA 12");
    NEEDED.put("libcublasLt.so.12", "cuBLAS of CUDA 12");
    NEEDED.put("libcurand.so.10", "cuRAND of CUDA 12");
    NEEDED.put("libcudnn.so.9", "cuDNN 9");
  }

  private static final List<String> USUAL =
      List.of(
          "/usr/lib/x86_64-linux-gnu",
          "/usr/local/cuda/lib64",
          "/usr/local/nvidia/lib64",
          "/usr/lib64");

  private CudaLibraries() {}

  /** Which are missing, or there in another version; empty if none. */
  static Optional<String> problem() {
    var set = Optional.ofNullable(System.getenv("LD_LIBRARY_PATH")).orElse("");
    var folders = Stream.concat(Arrays.stream(set.split(File.pathSeparator)), USUAL.stream());
    return problem(NEEDED, folders.filter(name -> !name.isBlank()).map(Path::of).toList());
  }

  /**
   * @param needed what each library comes with, by its name
   * @param folders where other versions are looked for
   */
  static Optional<String> problem(Map<String, String> needed, List<Path> folders) {
    var missing =
        needed.keySet().stream()
            .filter(library -> !loads(library))
            .map(library -> described(library, needed.get(library), folders))
            .toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s %s missing (put %s where the linker looks, such as LD_LIBRARY_PATH)"
                .formatted(
                    String.join(", ", missing),
                    missing.size() == 1 ? "is" : "are",
                    missing.size() == 1 ? "it" : "them"));
  }

  /** What CUDA says when it is there and does not start. */
  static String explain(String failure) {
    if (failure.contains("driver version is insufficient")) {
      return "the NVIDIA driver is too old for CUDA 12, which needs 525 or later (" + failure + ")";
    }
    if (failure.contains("no CUDA-capable device") || failure.contains("invalid device ordinal")) {
      return "the driver shows no such GPU to this process; nvidia-smi lists those that there are ("
          + failure
          + ")";
    }
    return "CUDA does not start (it needs an NVIDIA driver, CUDA 12 and cuDNN 9): " + failure;
  }

  private static boolean loads(String library) {
    try {
      NativeLibrary.getInstance(library);
      return true;
    } catch (UnsatisfiedLinkError notThere) {
      return false;
    }
  }

  private static String described(String library, String product, List<Path> folders) {
    var others = others(library, folders);
    return others.isEmpty()
        ? "%s (of %s)".formatted(library, product)
        : "%s (of %s; another version is there: %s)".formatted(library, product, others);
  }

  private static String others(String library, List<Path> folders) {
    var anyVersion = library.substring(0, library.indexOf(".so") + 3);
    return folders.stream()
        .distinct()
        .flatMap(CudaLibraries::files)
        .filter(file -> file.getFileName().toString().startsWith(anyVersion))
        .filter(file -> !file.getFileName().toString().startsWith(library))
        .map(Path::toString)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static Stream<Path> files(Path folder) {
    try (var files = Files.list(folder)) {
      return files.toList().stream();
    } catch (IOException notThere) {
      return Stream.empty();
    }
  }
}
