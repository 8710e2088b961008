package io.vigil.model.backend;

import static io.vigil.model.backend.OnnxGraph.integer;
import static io.vigil.model.backend.OnnxGraph.ints;
import static io.vigil.model.config.EfficientDetConfig.ANCHORS_PER_PLACE;
import static io.vigil.model.config.EfficientDetConfig.MIN_LEVEL;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.config.Normalization;
import io.vigil.model.graph.EfficientDet;
import io.vigil.model.weights.Weights;
import java.util.List;

/**
 * Writes a network as an ONNX model.
 *
 * <pre>{@code
 * var model = OnnxExport.export(EfficientDetConfig.named("d0"), weights, OnnxOptions.production(1000));
 * }</pre>
 */
public final class OnnxExport {

  /** The one input. */
  public static final String IMAGES = "images";

  static final String BATCH = "batch";

  private static final int OPSET = 17;
  // The IR version that opset 17 came with.
  private static final int IR_VERSION = 8;

  private final EfficientDetConfig config;
  private final OnnxOptions options;
  private final OnnxSides sides;
  private final OnnxGraph graph;

  private OnnxExport(EfficientDetConfig config, OnnxOptions options) {
    this.config = config;
    this.options = options;
    this.sides = new OnnxSides(options.height(), options.width(), config.sizeMultiple());
    this.graph = new OnnxGraph("efficientdet-" + config.name(), options.precision());
  }

  /**
   * @throws IllegalArgumentException if a fixed size does not suit the network, or a weight is
   *     missing or has another shape
   */
  public static ModelProto export(EfficientDetConfig config, Weights weights, OnnxOptions options) {
    return new OnnxExport(config, options).write(weights);
  }

  private ModelProto write(Weights weights) {
    var ops =
        switch (options.form()) {
          case FOLDED -> new OnnxOps(graph, sides, weights);
          case PLAIN -> new OnnxPlainOps(graph, sides, weights);
        };
    var outputs = EfficientDet.read(ops, config, images());
    var logits = graph.leaving(ops.rows(outputs.classLogits()));
    var boxes = graph.leaving(ops.rows(outputs.boxes()));
    if (options.output() instanceof OnnxOptions.Candidates candidates) {
      new CandidateTail(graph, candidates.topK()).write(logits, boxes, config.classes());
    } else if (options.output() instanceof OnnxOptions.Maps maps) {
      writeMaps(outputs, logits, boxes, maps);
    }
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("vigil")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(graph.build())
        .build();
  }

  private OnnxTensor images() {
    if (options.height() != OnnxOptions.FREE) {
      config.requireSize(options.height(), options.width());
    }
    return switch (options.input()) {
      case FLOAT_NCHW -> {
        graph.input(IMAGES, DataType.FLOAT, BATCH, 3, sides.height(1), sides.width(1));
        yield OnnxTensor.written(3, 1, graph.entering(IMAGES));
      }
      case UINT8_NHWC -> {
        graph.input(IMAGES, DataType.UINT8, BATCH, sides.height(1), sides.width(1), 3);
        yield OnnxTensor.written(3, 1, graph.entering(normalised(config.normalization())));
      }
    };
  }

  /** [N, H, W, 3] bytes to [N, 3, H, W] floats: (x - mean) / std. */
  private String normalised(Normalization normalization) {
    var planes = graph.node("Transpose", List.of(IMAGES), ints("perm", 0, 3, 1, 2));
    var x = graph.node("Cast", List.of(planes), integer("to", DataType.FLOAT_VALUE));
    x = graph.node("Sub", List.of(x, perChannel("mean", normalization.mean())));
    return graph.node("Div", List.of(x, perChannel("std", normalization.std())));
  }

  private String perChannel(String name, List<Double> values) {
    var floats = new float[values.size()];
    for (var i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return graph.singles(name, floats, 1, floats.length, 1, 1);
  }

  private void writeMaps(
      EfficientDet.Outputs<OnnxTensor> outputs,
      String logits,
      String boxes,
      OnnxOptions.Maps maps) {
    if (maps.features()) {
      writeLevels("C", outputs.features());
      writeLevels("P", outputs.pyramid());
    }
    Object places =
        options.height() == OnnxOptions.FREE
            ? "places"
            : (Object) (config.anchors(options.height(), options.width()) / ANCHORS_PER_PLACE);
    var classWidth = ANCHORS_PER_PLACE * config.classes();
    graph.output(logits, "class_logits", DataType.FLOAT, BATCH, places, classWidth);
    graph.output(boxes, "boxes", DataType.FLOAT, BATCH, places, ANCHORS_PER_PLACE * 4);
  }

  private void writeLevels(String name, List<OnnxTensor> maps) {
    for (var i = 0; i < maps.size(); i++) {
      var level = MIN_LEVEL + i;
      var map = maps.get(i);
      graph.output(
          graph.leaving(map.name()),
          name + level,
          DataType.FLOAT,
          BATCH,
          map.channels(),
          sides.height(1 << level),
          sides.width(1 << level));
    }
  }
}
