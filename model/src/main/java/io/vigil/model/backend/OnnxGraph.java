package io.vigil.model.backend;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.vigil.model.weights.Halves;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An ONNX graph while it is written: nodes, constants, inputs and outputs. */
final class OnnxGraph {

  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final Set<String> constants = new HashSet<>();
  // Names under which tensors leave the graph, by the names that they have inside it.
  private final Map<String, String> outputs = new HashMap<>();
  private final Map<String, ValueInfoProto> noted = new LinkedHashMap<>();
  private final OnnxOptions.Precision precision;
  private int nodes;

  OnnxGraph(String name, OnnxOptions.Precision precision) {
    graph.setName(name);
    this.precision = precision;
  }

  /** Of all that the network computes. */
  TensorProto.DataType type() {
    return switch (precision) {
      case FLOAT32 -> TensorProto.DataType.FLOAT;
      case FLOAT16 -> TensorProto.DataType.FLOAT16;
    };
  }

  /** A float32 tensor, as the network's type. */
  String entering(String tensor) {
    return cast(tensor, type());
  }

  /** A tensor of the network, as float32. */
  String leaving(String tensor) {
    return cast(tensor, TensorProto.DataType.FLOAT);
  }

  private String cast(String tensor, TensorProto.DataType to) {
    return precision == OnnxOptions.Precision.FLOAT32
        ? tensor
        : node("Cast", List.of(tensor), integer("to", to.getNumber()));
  }

  GraphProto build() {
    for (var node : graph.getNodeBuilderList()) {
      for (var i = 0; i < node.getInputCount(); i++) {
        node.setInput(i, outputs.getOrDefault(node.getInput(i), node.getInput(i)));
      }
      for (var i = 0; i < node.getOutputCount(); i++) {
        node.setOutput(i, outputs.getOrDefault(node.getOutput(i), node.getOutput(i)));
      }
    }
    return graph.addAllValueInfo(noted.values()).build();
  }

  /** Adds a node and returns the name of its one output. */
  String node(String operator, List<String> inputs, AttributeProto... attributes) {
    var output = operator + "_" + nodes;
    nodes(operator, inputs, List.of(output), attributes);
    return output;
  }

  /** Adds a node with several outputs. */
  void nodes(
      String operator, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
    nodes++;
    graph.addNode(
        NodeProto.newBuilder()
            .setName(outputs.get(0))
            .setOpType(operator)
            .addAllInput(inputs)
            .addAllOutput(outputs)
            .addAllAttribute(Arrays.asList(attributes)));
  }

  /** A constant of the network's type; one asked for again under the same name is the same. */
  String floats(String name, float[] values, int... shape) {
    return switch (precision) {
      case FLOAT32 -> singles(name, values, shape);
      case FLOAT16 -> halves(name, values, shape);
    };
  }

  private String halves(String name, float[] values, int... shape) {
    var bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    Halves.require(name, values);
    for (var value : values) {
      bytes.putShort(Halves.of(value));
    }
    return constant(name, TensorProto.DataType.FLOAT16, bytes.flip(), shape);
  }

  /** A constant of float32, whatever the network's type. */
  String singles(String name, float[] values, int... shape) {
    var bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return constant(name, TensorProto.DataType.FLOAT, bytes, shape);
  }

  /** A scalar. */
  String floats(String name, double value) {
    return floats(name, new float[] {(float) value});
  }

  String longs(String name, long... values) {
    var bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    return constant(name, TensorProto.DataType.INT64, bytes, values.length);
  }

  private String constant(String name, TensorProto.DataType type, ByteBuffer bytes, int... shape) {
    if (constants.add(name)) {
      var tensor = TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
      Arrays.stream(shape).forEach(tensor::addDims);
      graph.addInitializer(tensor.setRawData(UnsafeByteOperations.unsafeWrap(bytes)));
    }
    return name;
  }

  void input(String name, TensorProto.DataType type, Object... shape) {
    graph.addInput(value(name, type, shape));
  }

  /** Notes the shape of a tensor inside. */
  void note(String name, TensorProto.DataType type, Object... shape) {
    noted.put(name, value(name, type, shape));
  }

  /** Gives a tensor out under a name of its own. */
  void output(String tensor, String name, TensorProto.DataType type, Object... shape) {
    outputs.put(tensor, name);
    noted.remove(tensor);
    graph.addOutput(value(name, type, shape));
  }

  /** A dimension is a number where it is known and a word where it is free. */
  private static ValueInfoProto value(String name, TensorProto.DataType type, Object... shape) {
    var dimensions = TensorShapeProto.newBuilder();
    for (var dimension : shape) {
      if (dimension instanceof Integer size) {
        dimensions.addDimBuilder().setDimValue(size);
      } else {
        dimensions.addDimBuilder().setDimParam(dimension.toString());
      }
    }
    var tensor = TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(dimensions);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  static AttributeProto ints(String name, long... values) {
    var attribute = AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
    Arrays.stream(values).forEach(attribute::addInts);
    return attribute.build();
  }

  static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  static AttributeProto real(String name, double value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.FLOAT)
        .setF((float) value)
        .build();
  }

  static AttributeProto text(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }
}
