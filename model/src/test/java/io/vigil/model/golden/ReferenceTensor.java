package io.vigil.model.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.assertj.core.data.Offset;

/** What a reference tells of one of its tensors. */
record ReferenceTensor(JsonNode json) {

  /**
   * 1e-3 of the tensor's deviation, or five times what float32 cost the reference itself. Each type
   * of CPU adds up in an order of its own: one with AVX-512 FP16 was 5.6e-4 off at D6, others less
   * than 5e-4.
   */
  double tolerance() {
    return Math.max(1e-3 * figure("std"), 5 * json.path("f32_max_abs_err").asDouble());
  }

  /**
   * @param values in the order of the reference, [N, C, H, W]
   */
  void assertMatches(long[] shape, float[] values) {
    var name = json.get("name").asText();
    assertThat(shape).as(name + " shape").isEqualTo(shape());
    for (var i = 0; i < json.get("idx").size(); i++) {
      var place = json.get("idx").get(i).asInt();
      assertThat((double) values[place])
          .as("%s at %d", name, place)
          .isCloseTo(json.get("val").get(i).asDouble(), offset());
    }
    assertFigures(name, values);
  }

  private void assertFigures(String name, float[] values) {
    var dot = new Formula("dot:" + name);
    var sum = 0.0;
    var products = 0.0;
    var min = Double.POSITIVE_INFINITY;
    var max = Double.NEGATIVE_INFINITY;
    for (var i = 0; i < values.length; i++) {
      sum += values[i];
      products += values[i] * dot.x(i);
      min = Math.min(min, values[i]);
      max = Math.max(max, values[i]);
    }
    var mean = sum / values.length;
    assertFigure(name, "mean", mean);
    assertFigure(name, "dot", products / values.length);
    assertFigure(name, "min", min);
    assertFigure(name, "max", max);
    assertFigure(name, "std", deviation(values, mean));
  }

  private void assertFigure(String name, String figure, double actual) {
    assertThat(actual).as("%s %s", name, figure).isCloseTo(figure(figure), offset());
  }

  private static double deviation(float[] values, double mean) {
    var squares = 0.0;
    for (var value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / values.length);
  }

  private double figure(String name) {
    return json.get(name).asDouble();
  }

  private Offset<Double> offset() {
    return within(tolerance());
  }

  private long[] shape() {
    var shape = new long[json.get("shape").size()];
    for (var axis = 0; axis < shape.length; axis++) {
      shape[axis] = json.get("shape").get(axis).asLong();
    }
    return shape;
  }
}
