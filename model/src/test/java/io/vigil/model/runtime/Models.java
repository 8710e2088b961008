package io.vigil.model.runtime;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.vigil.model.runtime.ModelMetadata.Label;
import java.util.List;

/** Model metadata and graphs that are whole and small. */
final class Models {
  private Models() {}

  static ModelMetadata metadata() {
    return new ModelMetadata(
        "efficientdet-d0",
        "d0",
        512,
        128,
        3,
        7,
        4.1,
        List.of(new double[] {1, 1}, new double[] {1.4, 0.7}),
        List.of(new Label(1, "person"), new Label(90, "tooth brush: \"soft\"")),
        new double[] {255 * 0.485, 255 * 0.456, 255 * 0.406},
        new double[] {255 * 0.229, 0.1 + 0.2, 1e-7},
        "same",
        "zero",
        1000,
        "ab12",
        true,
        "coco",
        "CC-BY-4.0",
        "");
  }

  /** Of the form that runs, by its inputs and outputs; it computes nothing. */
  static ModelProto graph() {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("g");
    ModelFile.INPUTS.forEach(name -> graph.addInput(value(name)));
    ModelFile.OUTPUTS.forEach(name -> graph.addOutput(value(name)));
    graph.addInitializer(
        TensorProto.newBuilder().setName("w").setRawData(ByteString.copyFrom(new byte[10_000])));
    return ModelProto.newBuilder().setIrVersion(8).setGraph(graph).build();
  }

  private static ValueInfoProto value(String name) {
    return ValueInfoProto.newBuilder().setName(name).build();
  }
}
