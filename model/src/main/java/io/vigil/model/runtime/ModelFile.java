package io.vigil.model.runtime;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.vigil.model.digest.Sha256;
import io.vigil.model.runtime.OnnxHead.NotOnnxException;
import io.vigil.model.weights.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A model: one ONNX file that carries everything a run needs to know in its metadata.
 *
 * <pre>{@code
 * ModelMetadata model = ModelFile.read(Path.of("d0.onnx"));
 * }</pre>
 */
public final class ModelFile {
  /** The input and the outputs of the graph that runs; {@code OnnxOptions} says what they hold. */
  static final List<String> INPUTS = List.of("images");

  static final List<String> OUTPUTS = List.of("logits", "classes", "anchors", "regression");

  private static final String ZIP = "PK";
  private static final String EXPORT =
      "vigil model export LEVEL --weights WEIGHTS --out MODEL.onnx";

  private ModelFile() {}

  /**
   * Writes a model under another name and moves it, so that a file of this name is whole. The same
   * graph and metadata give the same bytes.
   *
   * @param metadata its digest is not written
   * @return the metadata with the file's digest
   * @throws DetectorException if it cannot be written
   */
  public static ModelMetadata write(Path path, ModelProto graph, ModelMetadata metadata) {
    ModelProto.Builder model = graph.toBuilder().clearMetadataProps();
    MetadataText.write(metadata)
        .forEach(
            (key, value) ->
                model.addMetadataProps(
                    StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    try {
      WholeFile.write(path, model.build()::writeTo);
    } catch (IOException failure) {
      throw new DetectorException(
          "The model file %s cannot be written: %s.".formatted(path, reason(failure)), failure);
    }
    return read(path);
  }

  /**
   * Reads the metadata; the weights are passed over.
   *
   * @throws DetectorException if the file is not there, is no ONNX model or none that Vigil wrote,
   *     or is damaged or too new; says what is missing and what to do
   */
  public static ModelMetadata read(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new DetectorException(
          Files.exists(path)
              ? path + " is no file; name a model file (.onnx)."
              : "There is no model file " + path + ".");
    }
    try {
      OnnxHead head = head(path);
      checkVersion(path, head);
      checkGraph(path, head);
      return MetadataText.read(head.metadata(), Sha256.of(path));
    } catch (IllegalArgumentException bad) {
      throw new DetectorException(
          "The metadata of %s are damaged: %s. Export it again: %s"
              .formatted(path, bad.getMessage(), EXPORT),
          bad);
    } catch (IOException failure) {
      throw new DetectorException(
          "The model file %s cannot be read: %s.".formatted(path, reason(failure)), failure);
    }
  }

  private static OnnxHead head(Path path) throws IOException {
    try {
      return OnnxHead.read(path);
    } catch (NotOnnxException notOnnx) {
      throw new DetectorException(explain(path, notOnnx), notOnnx);
    }
  }

  private static void checkVersion(Path path, OnnxHead head) {
    String version = head.metadata().get(MetadataText.VERSION_KEY);
    if (version == null) {
      throw new DetectorException(
          ("%s is an ONNX model that Vigil did not write: it lacks the metadata (%s*) that name its"
                  + " classes, anchors and normalisation%s. Export one from its weights: %s")
              .formatted(path, MetadataText.PREFIX, lacking(head), EXPORT));
    }
    if (!version.equals(Integer.toString(MetadataText.VERSION))) {
      throw new DetectorException(
          ("%s has metadata of version %s; this Vigil reads version %d. Use the Vigil that wrote it,"
                  + " or export it again: %s")
              .formatted(path, version, MetadataText.VERSION, EXPORT));
    }
  }

  private static void checkGraph(Path path, OnnxHead head) {
    List<String> inputs = names(head.inputs());
    List<String> outputs = names(head.outputs());
    if (!inputs.equals(INPUTS) || !outputs.equals(OUTPUTS)) {
      throw new DetectorException(
          ("%s is not in the form that runs: its graph takes %s and gives %s, where %s and %s are"
                  + " needed. Export it again: %s")
              .formatted(path, inputs, outputs, INPUTS, OUTPUTS, EXPORT));
    }
  }

  /** Of a graph that is another detector's. */
  private static String lacking(OnnxHead head) {
    List<String> outputs = new ArrayList<>(OUTPUTS);
    outputs.removeAll(names(head.outputs()));
    List<String> inputs = new ArrayList<>(INPUTS);
    inputs.removeAll(names(head.inputs()));
    return outputs.isEmpty() && inputs.isEmpty()
        ? ""
        : ", and its graph, which takes %s and gives %s, lacks the inputs %s and the outputs %s"
            .formatted(names(head.inputs()), names(head.outputs()), inputs, outputs);
  }

  private static List<String> names(List<ValueInfoProto> values) {
    return values.stream().map(ValueInfoProto::getName).toList();
  }

  private static String explain(Path path, NotOnnxException notOnnx) throws IOException {
    if (notOnnx.cutOff()) {
      return path + " is cut off or damaged: its graph does not end. Fetch or export it again.";
    }
    String start = start(path);
    if (start.isEmpty()) {
      return path + " is empty, where a model file (.onnx) was expected.";
    }
    return start.startsWith(ZIP)
        ? "%s is no model file; it looks like PyTorch weights. Make a model of them: %s"
            .formatted(path, EXPORT)
        : "%s is no model file: it is not ONNX. Make one: %s".formatted(path, EXPORT);
  }

  private static String start(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return new String(in.readNBytes(ZIP.length()), StandardCharsets.ISO_8859_1);
    }
  }

  /** The class of a failure says what its message, often only a path, does not. */
  static String reason(IOException failure) {
    return failure.getClass() == IOException.class
        ? failure.getMessage()
        : failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }
}
