package io.vigil.model.backend;

import static io.vigil.model.backend.OnnxExport.BATCH;
import static io.vigil.model.backend.OnnxGraph.integer;
import static io.vigil.model.backend.OnnxGraph.ints;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;

/**
 * Chooses the K best (anchor, class) pairs of each picture inside the graph, so that megabytes of
 * logits never leave it.
 *
 * <p>The K best pairs lie within the K anchors whose best class is best: an anchor outside has K
 * others ahead of it, each with a pair ahead of all of its own. So the classes of all anchors are
 * read once, for their maximum, and those of K anchors a second time.
 *
 * <p>Equal logits are ranked by anchor, then by class. TopK prefers the lower place among equals,
 * so the anchors chosen are put back in their own order before their pairs are ranked.
 */
final class CandidateTail {

  private static final String CANDIDATES = "candidates";

  private final OnnxGraph graph;
  private final int topK;

  CandidateTail(OnnxGraph graph, int topK) {
    this.graph = graph;
    this.topK = topK;
  }

  /**
   * @param classRows [N, places, anchors a place * classes]
   * @param boxRows [N, places, anchors a place * 4]
   */
  void write(String classRows, String boxRows, int classes) {
    var logits = byAnchor(classRows, classes);
    var boxes = byAnchor(boxRows, 4);
    var anchors = bestAnchors(logits);
    var pairs = rows(logits, anchors);
    pairs = graph.node("Reshape", List.of(pairs, graph.longs("pairs.flat", 0, -1)));
    topK(pairs, "pairs", true);
    var classCount = graph.longs("pairs.classes", classes);
    var rank = graph.node("Div", List.of("pairs.places", classCount));
    var anchor = graph.node("GatherElements", List.of(anchors, rank), integer("axis", 1));
    var classIndex = graph.node("Mod", List.of("pairs.places", classCount));

    graph.output("pairs.values", "logits", DataType.FLOAT, BATCH, CANDIDATES);
    graph.output(int32(classIndex), "classes", DataType.INT32, BATCH, CANDIDATES);
    graph.output(int32(anchor), "anchors", DataType.INT32, BATCH, CANDIDATES);
    graph.output(rows(boxes, anchor), "regression", DataType.FLOAT, BATCH, CANDIDATES, 4);
  }

  /** [N, anchors, width]. */
  private String byAnchor(String rows, int width) {
    return graph.node("Reshape", List.of(rows, graph.longs("anchor." + width, 0, -1, width)));
  }

  /** [N, K] in ascending order. */
  private String bestAnchors(String logits) {
    var best = graph.node("ReduceMax", List.of(logits), ints("axes", 2), integer("keepdims", 0));
    topK(best, "best", true);
    topK("best.places", "chosen", false);
    return "chosen.values";
  }

  /** Along axis 1, in order; all where there are fewer than K. */
  private void topK(String x, String name, boolean largest) {
    var shape = graph.node("Shape", List.of(x), integer("start", 1));
    var count = graph.node("Min", List.of(shape, graph.longs("topK", topK)));
    graph.nodes(
        "TopK",
        List.of(x, count),
        List.of(name + ".values", name + ".places"),
        integer("axis", 1),
        integer("largest", largest ? 1 : 0));
  }

  /** The rows [N, K, width] that belong to the anchors [N, K]. */
  private String rows(String values, String anchors) {
    var places = graph.node("Unsqueeze", List.of(anchors, graph.longs("last", -1)));
    return graph.node("GatherND", List.of(values, places), integer("batch_dims", 1));
  }

  private String int32(String x) {
    return graph.node("Cast", List.of(x), integer("to", DataType.INT32_VALUE));
  }
}
