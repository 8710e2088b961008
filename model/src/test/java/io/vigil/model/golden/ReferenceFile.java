package io.vigil.model.golden;

import static io.vigil.model.config.EfficientDetConfig.MIN_LEVEL;

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
  private static final Pattern INPUT_VALUE = Pattern.compile("float32\\(([^)]*)\\)");
  private static final Pattern TERM =
      Pattern.compile("([+-]?)\\s*(?=[0-9.x])([0-9.]*)\\s*\\*?\\s*(x)?");

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

  /** Of the picture; its finest map has an eighth of it. */
  int height() {
    return json.get("class_logits").get(0).get("shape").get(2).asInt() << MIN_LEVEL;
  }

  int width() {
    return json.get("class_logits").get(0).get("shape").get(3).asInt() << MIN_LEVEL;
  }

  /** [1, 3, height, width], normalised. */
  float[] image() {
    var told = json.path("formula").path("input").asText();
    var name = INPUT_NAME.matcher(told);
    var value = INPUT_VALUE.matcher(told);
    var formula = new Formula(name.find() ? name.group(1) : "input");
    var terms = value.find() ? value.group(1) : "2*x";
    var image = new float[3 * height() * width()];
    for (var i = 0; i < image.length; i++) {
      image[i] = (float) sum(terms, formula.x(i));
    }
    return image;
  }

  /** Terms such as {@code 0.5 + 2*x}, each a number, x, or a number times x. */
  private static double sum(String terms, double x) {
    var sum = 0.0;
    for (var matcher = TERM.matcher(terms); matcher.find(); ) {
      var factor = matcher.group(2).isEmpty() ? 1 : Double.parseDouble(matcher.group(2));
      sum += (matcher.group(1).equals("-") ? -1 : 1) * factor * (matcher.group(3) == null ? 1 : x);
    }
    return sum;
  }
}
