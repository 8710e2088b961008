package io.vigil.model.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaLibrariesTest {

  @TempDir private Path folder;

  @Test
  void theLinkerFindsWhatIsThere() {
    assertThat(CudaLibraries.problem(Map.of("libm.so.6", "C"), List.of(folder))).isEmpty();
  }

  @Test
  void namesTheLibraryThatIsMissingAndWhatItComesWith() {
    assertThat(CudaLibraries.problem(Map.of("libcudnn.so.99", "cuDNN 99"), List.of(folder)))
        .contains(
            "libcudnn.so.99 (of cuDNN 99) is missing (put it where the linker looks, such as"
                + " LD_LIBRARY_PATH)");
  }

  @Test
  void namesTheVersionThatIsThereInItsPlace() throws IOException {
    var old = Files.createFile(folder.resolve("libcudnn.so.8.9.7"));
    Files.createFile(folder.resolve("libcudnn_ops.so.9"));
    var folders = List.of(folder, folder.resolve("none"));
    assertThat(CudaLibraries.problem(Map.of("libcudnn.so.99", "cuDNN 99"), folders).orElseThrow())
        .startsWith(
            "libcudnn.so.99 (of cuDNN 99; another version is there: " + old + ") is missing");
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
            "CUDA does not start (it needs an NVIDIA driver, CUDA 12 and cuDNN 9): something else");
  }
}
