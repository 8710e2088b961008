package io.vigil.model.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  @TempDir Path folder;

  private Path path() {
    return folder.resolve("m.onnx");
  }

  @Test
  void everythingThatIsWrittenIsReadAgain() throws Exception {
    ModelMetadata written = ModelFile.write(path(), Models.graph(), Models.metadata());

    ModelMetadata read = ModelFile.read(path());
    assertThat(read).usingRecursiveComparison().isEqualTo(written);
    assertThat(read)
        .usingRecursiveComparison()
        .ignoringFields("digest")
        .isEqualTo(Models.metadata());
    assertThat(read.digest())
        .isEqualTo(
            HexFormat.of()
                .formatHex(
                    MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path()))));
  }

  @Test
  void theSameModelGivesTheSameBytesAndLeavesNothingElse() throws IOException {
    ModelFile.write(path(), Models.graph(), Models.metadata());
    byte[] first = Files.readAllBytes(path());

    ModelFile.write(path(), Models.graph(), Models.metadata());

    assertThat(Files.readAllBytes(path())).isEqualTo(first);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(path());
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsToldAndLeavesNothing() throws IOException {
    Path inTheWay = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(
            () -> ModelFile.write(inTheWay.resolve("m.onnx"), Models.graph(), Models.metadata()))
        .isInstanceOf(DetectorException.class)
        .hasMessageContaining("The model file " + inTheWay.resolve("m.onnx"))
        .hasMessageContaining("cannot be written: FileAlreadyExistsException");
  }

  @Test
  void explainsWhatIsNoModelFile() throws IOException {
    assertRefused("There is no model file " + path() + ".");
    Files.createDirectory(path());
    assertRefused(path() + " is no file; name a model file (.onnx).");
    Files.delete(path());
    Files.createFile(path());
    assertRefused(path() + " is empty, where a model file (.onnx) was expected.");
    Files.writeString(path(), "hello world");
    assertRefused(path() + " is no model file: it is not ONNX. Make one: vigil model export");
    Files.write(path(), new byte[] {'P', 'K', 3, 4, 0, 0});
    assertRefused("it looks like PyTorch weights. Make a model of them: vigil model export");
  }

  @Test
  void explainsACutOffFile() throws IOException {
    ModelFile.write(path(), Models.graph(), Models.metadata());
    byte[] whole = Files.readAllBytes(path());

    for (int length : new int[] {100, 5_000, 10_000}) {
      Files.write(path(), Arrays.copyOf(whole, length));
      assertRefused("is cut off or damaged: its graph does not end");
    }
  }

  @Test
  void explainsAForeignModel() throws IOException {
    Files.write(path(), Models.graph().toByteArray());

    assertRefused(
        "is an ONNX model that Vigil did not write: it lacks the metadata (vigil.*) that name its"
            + " classes, anchors and normalisation. Export one from its weights: vigil model"
            + " export LEVEL --weights WEIGHTS --out MODEL.onnx");
  }

  @Test
  void saysWhatAnotherDetectorsGraphLacks() throws IOException {
    var graph =
        GraphProto.newBuilder()
            .addInput(ValueInfoProto.newBuilder().setName("images"))
            .addOutput(ValueInfoProto.newBuilder().setName("output0"));
    Files.write(path(), ModelProto.newBuilder().setGraph(graph).build().toByteArray());

    assertRefused(
        "and its graph, which takes [images] and gives [output0], lacks the inputs [] and the"
            + " outputs [logits, classes, anchors, regression]. Export one from its weights");
  }

  @Test
  void explainsANewerFile() throws IOException {
    change(model -> set(model, "vigil.version", "2"));

    assertRefused(
        "has metadata of version 2; this Vigil reads version 1. Use the Vigil that wrote");
  }

  @Test
  void tellsAllDamagedMetadataTogether() throws IOException {
    change(
        model -> {
          set(model, "vigil.top_k", "many");
          set(model, "vigil.pool_padding", "one");
          set(model, "vigil.mean", "1,2");
          set(model, "vigil.labels", "1\ta\n1\tb");
          set(model, "vigil.name", null);
        });

    assertThatThrownBy(() -> ModelFile.read(path()))
        .isInstanceOf(DetectorException.class)
        .hasMessageContainingAll(
            "The metadata of " + path() + " are damaged: vigil.name is missing;",
            "vigil.labels is '1\ta\n1\tb': ",
            "line 2: id 1 is line 1's",
            "vigil.mean is '1,2': 3 numbers were expected",
            "vigil.pool_padding is 'one': Unknown pool padding 'one'",
            "vigil.top_k is 'many': ",
            "Export it again: vigil model export");
  }

  @Test
  void explainsAGraphOfAnotherForm() throws IOException {
    change(
        model ->
            model
                .getGraphBuilder()
                .clearOutput()
                .addOutput(ValueInfoProto.newBuilder().setName("class3")));

    assertRefused(
        "is not in the form that runs: its graph takes [images] and gives [class3], where [images]"
            + " and [logits, classes, anchors, regression] are needed");
  }

  private void change(Consumer<ModelProto.Builder> change) throws IOException {
    ModelFile.write(path(), Models.graph(), Models.metadata());
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(path())).toBuilder();
    change.accept(model);
    Files.write(path(), model.build().toByteArray());
  }

  private static void set(ModelProto.Builder model, String key, String value) {
    for (int i = model.getMetadataPropsCount() - 1; i >= 0; i--) {
      if (model.getMetadataProps(i).getKey().equals(key)) {
        model.removeMetadataProps(i);
      }
    }
    if (value != null) {
      model.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(value));
    }
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> ModelFile.read(path()))
        .isInstanceOf(DetectorException.class)
        .hasMessageContaining(message)
        .hasMessageContaining(path().toString());
  }
}
