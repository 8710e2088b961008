package io.vigil.model.runtime;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Says of a failure to start CUDA which library is missing, or there in another version. The
 * verdict is ONNX Runtime's, whose message this reads: the linker names the first library only that
 * it did not find.
 */
final class CudaLibraries {

  private static final Pattern NOT_FOUND =
      Pattern.compile("(lib[\\w-]+)\\.so([.\\d]*): cannot open shared object file");

  /** Libraries by the start of their name, and what they come with. */
  private static final List<String[]> PRODUCTS =
      List.of(
          new String[] {
            "libcuda",
            "the NVIDIA driver; a container has it of the NVIDIA container runtime, when a GPU is"
                + " given to it"
          },
          new String[] {"libnvidia", "the NVIDIA driver"},
          new String[] {"libcudnn", "cuDNN 9"},
          new String[] {"libcublas", "cuBLAS of CUDA 12"},
          new String[] {"libcufft", "cuFFT of CUDA 12"},
          new String[] {"libcurand", "cuRAND of CUDA 12"},
          new String[] {"libcudart", "CUDA 12"},
          new String[] {"libnvrtc", "CUDA 12"});

  private static final List<String> USUAL =
      List.of(
          "/usr/lib/x86_64-linux-gnu",
          "/usr/local/cuda/lib64",
          "/usr/local/nvidia/lib64",
          "/usr/lib64");

  private CudaLibraries() {}

  /** With what lies where the linker looks. */
  static String explain(String failure) {
    var set = Optional.ofNullable(System.getenv("LD_LIBRARY_PATH")).orElse("");
    var folders = Stream.concat(Arrays.stream(set.split(File.pathSeparator)), USUAL.stream());
    return explain(failure, folders.filter(name -> !name.isBlank()).map(Path::of).toList());
  }

  static String explain(String failure, List<Path> folders) {
    var missing = NOT_FOUND.matcher(failure);
    if (missing.find()) {
      return missing(missing.group(1), missing.group(2), folders);
    }
    if (failure.contains("driver version is insufficient")) {
      return "the NVIDIA driver is too old for CUDA 12, which needs 525 or later (" + failure + ")";
    }
    if (failure.contains("no CUDA-capable device") || failure.contains("invalid device ordinal")) {
      return "the driver shows no such GPU to this process; nvidia-smi lists those that there are ("
          + failure
          + ")";
    }
    return "CUDA does not load (it needs an NVIDIA driver, CUDA 12 and cuDNN 9): " + failure;
  }

  private static String missing(String name, String version, List<Path> folders) {
    var library = name + ".so" + version;
    var product = product(name);
    var others = others(name + ".so", library, folders);
    return others.isEmpty()
        ? "%s is missing (%s); put it where the linker looks, such as LD_LIBRARY_PATH"
            .formatted(library, product)
        : "%s is missing (%s), and what is there is of another version: %s"
            .formatted(library, product, String.join(", ", others));
  }

  private static String product(String name) {
    return PRODUCTS.stream()
        .filter(entry -> name.startsWith(entry[0]))
        .map(entry -> entry[1])
        .findFirst()
        .orElse("a library of CUDA 12 or cuDNN 9");
  }

  private static List<String> others(String anyVersion, String wanted, List<Path> folders) {
    return folders.stream()
        .distinct()
        .flatMap(CudaLibraries::files)
        .filter(file -> file.getFileName().toString().startsWith(anyVersion))
        .filter(file -> !file.getFileName().toString().startsWith(wanted))
        .map(Path::toString)
        .sorted()
        .toList();
  }

  private static Stream<Path> files(Path folder) {
    try (var files = Files.list(folder)) {
      return files.toList().stream();
    } catch (IOException notThere) {
      return Stream.empty();
    }
  }
}
