package io.vigil.model.backend;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * x times sigmoid(x), as PyTorch's one operation, in the place of two that write down what is
 * between them. DJL has no call for it, but runs TorchScript.
 */
final class Swish implements AutoCloseable {

  private static final String CODE =
      """
      class Swish(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        def forward(self: __torch__.Swish,
          x: Tensor) -> Tensor:
          return torch.silu(x)
      """;

  /** Pickle's protocol 2: an object of {@code __torch__.Swish} whose training is true. */
  private static final String OBJECT =
      "\u0080\u0002c__torch__\nSwish\n)\u0081}X\u0008\0\0\0training\u0088sb.";

  private static final String NO_CONSTANTS = "\u0080\u0002).";

  private final Model model;
  private final ParameterStore noParameters;

  Swish(String engine, NDManager manager) {
    model = Model.newInstance("swish", manager.getDevice(), engine);
    noParameters = new ParameterStore(manager, false);
    try {
      model.load(new ByteArrayInputStream(archive()));
    } catch (IOException | MalformedModelException | RuntimeException failure) {
      model.close();
      throw new IllegalStateException(
          "Training needs PyTorch's TorchScript, which takes no module here: %s. DJL's pytorch-engine, pytorch-jni and pytorch-native-cpu have to be of versions that belong together."
              .formatted(failure.getMessage()),
          failure);
    }
  }

  NDArray of(NDArray x) {
    return model.getBlock().forward(noParameters, new NDList(x), true).singletonOrThrow();
  }

  private static byte[] archive() {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      put(zip, "version", "3\n");
      put(zip, "data.pkl", OBJECT);
      put(zip, "constants.pkl", NO_CONSTANTS);
      put(zip, "code/__torch__.py", CODE);
    } catch (IOException neverInMemory) {
      throw new UncheckedIOException(neverInMemory);
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, String content) throws IOException {
    zip.putNextEntry(new ZipEntry("swish/" + name));
    zip.write(content.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public void close() {
    model.close();
  }
}
