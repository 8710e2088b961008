package io.vigil.model.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.detect.Candidates;
import io.vigil.model.golden.Formula;
import io.vigil.model.golden.FormulaFiles;
import io.vigil.model.golden.FormulaWeights;
import io.vigil.model.weights.names.NameScheme;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxDetectorTest {
  private static final int HEIGHT = 128;
  private static final int WIDTH = 256;
  private static final int TOP_K = 300;

  @TempDir static Path folder;
  private static Path file;

  @BeforeAll
  static void export() {
    EfficientDetConfig d0 = EfficientDetConfig.named("d0");
    Path weights =
        FormulaFiles.write(
            folder.resolve("d0.pth"),
            d0,
            FormulaWeights.of(d0, "zylo_d0.json"),
            NameScheme.ZYLO117);
    file = folder.resolve("d0.onnx");
    ModelExport.write(ModelRecipe.of("d0", weights).withTopK(TOP_K), file);
  }

  private static Detector open() {
    return DetectorSettings.onCpu(file).open();
  }

  /** Pictures that differ; the first of eight are those of three. */
  private static ByteBuffer pictures(int first, int count) {
    int size = HEIGHT * WIDTH * 3;
    ByteBuffer buffer = ByteBuffer.allocateDirect(count * size);
    for (int i = 0; i < count; i++) {
      Formula formula = new Formula("picture " + (first + i));
      for (int j = 0; j < size; j++) {
        buffer.put((byte) formula.raw(j));
      }
    }
    return buffer;
  }

  private static List<Candidates> infer(Detector detector, int first, int count) {
    return detector.infer(pictures(first, count), count, HEIGHT, WIDTH);
  }

  private static void assertSame(Candidates actual, Candidates expected) {
    assertThat(actual.logits()).isEqualTo(expected.logits());
    assertThat(actual.classes()).isEqualTo(expected.classes());
    assertThat(actual.anchors()).isEqualTo(expected.anchors());
    assertThat(actual.regression()).isEqualTo(expected.regression());
  }

  @Test
  void givesWhatOnnxRuntimeGivesToTheBit() throws OrtException {
    Engine.getEngine("OnnxRuntime");
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    ByteBuffer pictures = pictures(0, 2).rewind();
    long[] shape = {2, HEIGHT, WIDTH, 3};
    try (Detector detector = open();
        OrtSession session = environment.createSession(file.toString());
        OnnxTensor input =
            OnnxTensor.createTensor(environment, pictures, shape, OnnxJavaType.UINT8);
        OrtSession.Result result = session.run(Map.of("images", input))) {
      List<Candidates> found = infer(detector, 0, 2);

      assertThat(found).hasSize(2);
      FloatBuffer logits = tensor(result, "logits").getFloatBuffer();
      IntBuffer classes = tensor(result, "classes").getIntBuffer();
      IntBuffer anchors = tensor(result, "anchors").getIntBuffer();
      FloatBuffer regression = tensor(result, "regression").getFloatBuffer();
      for (Candidates candidates : found) {
        assertThat(candidates.count()).isEqualTo(TOP_K);
        for (int k = 0; k < TOP_K; k++) {
          assertThat(candidates.logits()[k]).isEqualTo(logits.get());
          assertThat(candidates.classes()[k]).isEqualTo(classes.get());
          assertThat(candidates.anchors()[k]).isEqualTo(anchors.get());
          for (int i = 0; i < 4; i++) {
            assertThat(candidates.regression()[4 * k + i]).isEqualTo(regression.get());
          }
        }
      }
      assertThat(found.get(0).logits()).isNotEqualTo(found.get(1).logits());
      assertThat(found.get(0).logits()).isSortedAccordingTo((a, b) -> Float.compare(b, a));
    }
  }

  private static OnnxTensor tensor(OrtSession.Result result, String name) {
    return (OnnxTensor) result.get(name).orElseThrow();
  }

  @Test
  void aPictureAloneIsAPictureInCompany() {
    try (Detector detector = open()) {
      List<Candidates> eight = infer(detector, 0, 8);
      List<Candidates> three = infer(detector, 0, 3);

      for (int i = 0; i < 8; i++) {
        assertSame(infer(detector, i, 1).get(0), eight.get(i));
      }
      for (int i = 0; i < 3; i++) {
        assertSame(three.get(i), eight.get(i));
      }
    }
  }

  @Test
  void severalThreadsMayCallAtOnce() throws Exception {
    try (Detector detector = open()) {
      List<Candidates> expected = infer(detector, 0, 4);
      var executor = Executors.newFixedThreadPool(4);
      try {
        List<Callable<Candidates>> calls = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
          int picture = i % 4;
          calls.add(() -> infer(detector, picture, 1).get(0));
        }
        List<Future<Candidates>> results = executor.invokeAll(calls);
        for (int i = 0; i < results.size(); i++) {
          assertSame(results.get(i).get(), expected.get(i % 4));
        }
      } finally {
        executor.shutdownNow();
      }
    }
  }

  @Test
  void leavesTheBufferAsItWas() {
    try (Detector detector = open()) {
      ByteBuffer larger = pictures(0, 3);
      larger.position(5).limit(9);

      assertSame(detector.infer(larger, 1, HEIGHT, WIDTH).get(0), infer(detector, 0, 1).get(0));

      assertThat(larger.position()).isEqualTo(5);
      assertThat(larger.limit()).isEqualTo(9);
    }
  }

  @Test
  void knowsItsModel() {
    try (Detector detector = open()) {
      ModelMetadata model = detector.model();
      assertThat(model).usingRecursiveComparison().isEqualTo(ModelFile.read(file));
      assertThat(model.name()).isEqualTo("efficientdet-d0");
      assertThat(model.poolPadding()).isEqualTo("zero");
      assertThat(model.trained()).isTrue();
      assertThat(model.labels()).hasSize(90);
    }
  }

  @Test
  void refusesPicturesThatDoNotFit() {
    try (Detector detector = open()) {
      ByteBuffer one = pictures(0, 1);
      assertThatThrownBy(() -> detector.infer(one, 1, 100, 256))
          .isInstanceOf(DetectorException.class)
          .hasMessage(
              "efficientdet-d0 takes pictures whose height and width are multiples of 128, not 100 x"
                  + " 256.");
      assertThatThrownBy(() -> detector.infer(one, 2, HEIGHT, WIDTH))
          .isInstanceOf(DetectorException.class)
          .hasMessage(
              "2 pictures of 128 x 256 need a direct buffer of 196608 bytes; this is a direct one of"
                  + " 98304.");
      assertThatThrownBy(() -> detector.infer(ByteBuffer.allocate(98304), 1, HEIGHT, WIDTH))
          .hasMessageContaining("this is a heap one of 98304");
      assertThatThrownBy(() -> detector.infer(one, 0, HEIGHT, WIDTH))
          .hasMessageContaining("0 pictures of 128 x 256 need");
    }
  }

  @Test
  void closingTwiceIsFineAndUseAfterwardsIsNot() {
    Detector detector = open();
    detector.close();
    detector.close();

    assertThatThrownBy(() -> infer(detector, 0, 1))
        .isInstanceOf(DetectorException.class)
        .hasMessage("The detector of efficientdet-d0 is closed.");
  }

  @Test
  void aClosedDetectorLeavesNoNativeMemory() throws Exception {
    openInferAndClose(5);
    long before = residentBytes();

    List<Detector> closed = openInferAndClose(15);

    // the weights alone are 15 MB, and the arena of an inference is as much again
    assertThat(residentBytes() - before).isLessThan(closed.size() * 5L * 1024 * 1024);
  }

  /** They are kept, so that no finalizer does what closing should have done. */
  private static List<Detector> openInferAndClose(int times) {
    List<Detector> closed = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      try (Detector detector = open()) {
        infer(detector, 0, 1);
        closed.add(detector);
      }
    }
    return closed;
  }

  private static long residentBytes() throws Exception {
    System.gc();
    String pages = Files.readString(Path.of("/proc/self/statm")).split(" ")[1];
    return Long.parseLong(pages) * 4096;
  }

  @Test
  void aGpuThatIsNotThereIsAnErrorOrTheCpu() {
    var gpu = new DetectorSettings(file.toString(), DeviceChoice.GPU, 0);
    var auto = new DetectorSettings(file.toString(), DeviceChoice.AUTO, 0);
    var problem = OnnxRuntime.gpuProblem();

    if (problem.isPresent()) {
      assertThatThrownBy(() -> OnnxDetector.open(gpu))
          .isInstanceOf(DetectorException.class)
          .hasMessageContaining("Device gpu cannot be used: ")
          .hasMessageContaining("Or use device cpu or auto, or allow the CPU in its place");
    }
    try (OnnxDetector detector = OnnxDetector.open(auto)) {
      assertThat(detector.device()).isEqualTo(problem.isPresent() ? "cpu" : "gpu");
      assertThat(infer(detector, 0, 1)).hasSize(1);
    }
  }

  @Test
  void aGpuThatWasGivenButCannotBeUsedIsAnErrorUnlessTheCpuMayTakeItsPlace() {
    int noSuchGpu = 999;
    var given = new DetectorSettings(file.toString(), DeviceChoice.AUTO, 0).onAssigned(noSuchGpu);
    assertThatThrownBy(() -> OnnxDetector.open(given))
        .isInstanceOf(DeviceUnavailableException.class)
        .hasMessageStartingWith("GPU 999 was given to this process and cannot be used: ")
        .hasMessageEndingWith("Or use device cpu, or allow the CPU in its place (cpu-fallback).");
    var allowed = new GpuSettings(noSuchGpu, true, 1 << 30, true, GpuArithmetic.REPRODUCIBLE);
    var settings = new DetectorSettings(file.toString(), DeviceChoice.GPU, 0, allowed);
    try (OnnxDetector detector = OnnxDetector.open(settings)) {
      assertThat(detector.device()).isEqualTo("cpu");
    }
    assertThat(DetectorSettings.onCpu(file).onAssigned(3)).isEqualTo(DetectorSettings.onCpu(file));
  }

  @Test
  void aFileThatOnnxRuntimeCannotLoadIsTold() {
    Path empty = folder.resolve("empty.onnx");
    ModelFile.write(empty, Models.graph(), Models.metadata());

    assertThatThrownBy(() -> DetectorSettings.onCpu(empty).open())
        .isInstanceOf(DetectorException.class)
        .hasMessageContaining("ONNX Runtime cannot load " + empty + " on cpu: ");
  }

  @Test
  void settingsAreNamedAndChecked() {
    assertThat(DeviceChoice.of("GPU")).isEqualTo(DeviceChoice.GPU);
    assertThatThrownBy(() -> DeviceChoice.of("gpo"))
        .hasMessage("Unknown device 'gpo'; known are cpu, gpu, auto. Did you mean 'gpu'?");
    assertThatThrownBy(() -> new DetectorSettings("m", DeviceChoice.CPU, -1))
        .hasMessage("threads is -1; it is 0 (as many as there are cores) or more.");
    assertThat(Arrays.asList(new DetectorSettings("m", DeviceChoice.CPU, 2)))
        .containsExactly(new DetectorSettings("m", DeviceChoice.CPU, 2));
  }
}
