package io.vigil.model.golden;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.config.PoolPadding;
import java.util.regex.Pattern;

/**
 * The outputs of a reference implementation for formula weights and a formula picture; any level,
 * any size.
 *
 * @param name of the file
 * @param json its content
 */
record ReferenceFile(String name, JsonNode json) {

  private static final Pattern LEVEL =
      Pattern.compile("(?<![a-z0-9])d(7x|[0-8])(?![a-z0-9])", Pattern.CASE_INSENSITIVE);
  private static final Pattern INPUT_NAME = Pattern.compile("name '([^']+)'");
  private static final Pattern INPUT_FACTOR = Pattern.compile("([0-9.]+)\\s*\\*?\\s*x\\b");
  private static final Pattern PAIR = Pattern.compile("(\\d+)\\D+(\\d+)");

  static boolean isOne(JsonNode json) {
    return json.has("class_logits") && json.has("bn_table");
  }

  EfficientDetConfig config() {
    return EfficientDetConfig.named(level()).withPoolPadding(poolPadding());
  }

  private String level() {
    for (var text : new String[] {json.path("model").asText(), name}) {
      var matcher = LEVEL.matcher(text.replace('_', ' '));
      if (matcher.find()) {
        // zylo117 calls D7x d8.
        return matcher.group(1).equals("8") ? "d7x" : "d" + matcher.group(1);
      }
    }
    throw new IllegalArgumentException(name + " does not say which model it holds.");
  }

  private PoolPadding poolPadding() {
    var told = json.path("pool_pad").asText();
    if (told.contains("inf")) {
      return PoolPadding.MINUS_INFINITY;
    }
    return told.contains("0") || json.path("family").asText().startsWith("zylo")
        ? PoolPadding.ZERO
        : PoolPadding.MINUS_INFINITY;
  }

  double anchorScale() {
    return json.path("anchor_scale").asDouble(config().anchorScale());
  }

  int height() {
    return side(0);
  }

  int width() {
    return side(1);
  }

  private int side(int place) {
    var size = json.path("image_size");
    if (size.isArray()) {
      return size.get(place).asInt();
    }
    var pair = PAIR.matcher(size.asText());
    if (pair.find()) {
      return Integer.parseInt(pair.group(1 + place));
    }
    return size.asInt();
  }

  /** [1, 3, height, width], normalised. */
  float[] image() {
    var told = json.path("formula").path("input").asText();
    var name = INPUT_NAME.matcher(told);
    var factor = INPUT_FACTOR.matcher(told);
    var formula = new Formula(name.find() ? name.group(1) : "input");
    var scale = factor.find() ? Double.parseDouble(factor.group(1)) : 2;
    var image = new float[3 * height() * width()];
    for (var i = 0; i < image.length; i++) {
      image[i] = (float) (scale * formula.x(i));
    }
    return image;
  }
}
