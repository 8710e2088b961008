package io.vigil.model.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaLibrariesTest {

  @TempDir private Path folder;

  /** What the linker says of a library that is not there, as ONNX Runtime passes it on. */
  private static String failureToLoad(String library) {
    var failure = catchThrowable(() -> NativeLibrary.getInstance(library));
    assertThat(failure).isInstanceOf(UnsatisfiedLinkError.class);
    return "Failed to load library libonnxruntime_providers_cuda.so with error: "
        + failure.getMessage();
  }

  @Test
  void namesTheLibraryThatIsMissingAndWhatItComesWith() {
    assertThat(CudaLibraries.explain(failureToLoad("libcudnn.so.99"), List.of(folder)))
        .isEqualTo(
            "libcudnn.so.99 is missing (cuDNN 9); put it where the linker looks, such as"
                + " LD_LIBRARY_PATH");
    assertThat(CudaLibraries.explain(failureToLoad("libcublasLt.so.99"), List.of(folder)))
        .startsWith("libcublasLt.so.99 is missing (cuBLAS of CUDA 12); ");
    assertThat(CudaLibraries.explain(failureToLoad("libcuda.so.99"), List.of(folder)))
        .startsWith("libcuda.so.99 is missing (the NVIDIA driver; a container has it ");
  }

  @Test
  void namesTheVersionThatIsThereInItsPlace() throws IOException {
    var old = Files.createFile(folder.resolve("libcudnn.so.8.9.7"));
    Files.createFile(folder.resolve("libcudnn_ops.so.9"));
    assertThat(
            CudaLibraries.explain(
                failureToLoad("libcudnn.so.99"), List.of(folder, Path.of("/no/such"))))
        .isEqualTo(
            "libcudnn.so.99 is missing (cuDNN 9), and what is there is of another version: " + old);
  }

  @Test
  void tellsAnOldDriverAndAGpuThatIsNotThereApart() {
    var old = "CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version";
    assertThat(CudaLibraries.explain(old))
        .startsWith("the NVIDIA driver is too old for CUDA 12, which needs 525 or later");
    assertThat(CudaLibraries.explain("CUDA failure 101: invalid device ordinal"))
        .startsWith("the driver shows no such GPU to this process; nvidia-smi lists");
    assertThat(CudaLibraries.explain("something else"))
        .isEqualTo(
            "CUDA does not load (it needs an NVIDIA driver, CUDA 12 and cuDNN 9): something else");
  }
}
