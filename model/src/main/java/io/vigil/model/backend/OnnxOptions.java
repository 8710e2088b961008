package io.vigil.model.backend;

import java.util.Locale;

/**
 * What an exported graph takes and gives. The batch is always free; so are height and width unless
 * they are fixed.
 *
 * @param input what goes in
 * @param output what comes out
 * @param form how the network is written down
 * @param precision of weights and of what lies between; what goes in and comes out is the same
 * @param height of every picture, or {@link #FREE}
 * @param width of every picture, or {@link #FREE}
 */
public record OnnxOptions(
    Input input, Output output, Form form, Precision precision, int height, int width) {

  public OnnxOptions {
    if (precision == Precision.FLOAT16 && form == Form.PLAIN) {
      throw new IllegalArgumentException("The plain form is for comparison, in float32 only.");
    }
  }

  /** A height or width that may differ from call to call. */
  public static final int FREE = 0;

  /**
   * Candidates of a picture in a stream. A thousand pairs are some fifty objects' worth of anchors,
   * far more than the hundred detections that are kept after suppression need, and cost less than
   * the rest of the network varies. Only where the thousandth logit lies above the threshold of a
   * run can a pair above it have been left out, and that is told by the logits themselves.
   */
  public static final int STREAM_TOP_K = 1000;

  /** What goes in, always under the name {@link OnnxExport#IMAGES}. */
  public enum Input {
    /** float32 [N, 3, H, W], normalised. */
    FLOAT_NCHW,
    /** uint8 [N, H, W, 3], RGB; the graph normalises. */
    UINT8_NHWC
  }

  /** What comes out. */
  public sealed interface Output permits Maps, Candidates {}

  /**
   * Everything: {@code class_logits} [N, places, anchors * classes] and {@code boxes} [N, places,
   * anchors * 4] as (ty, tx, th, tw). Read on as [N, places * anchors, …], the rows are in the
   * order of {@link io.vigil.model.detect.Anchors}: level, y, x, octave, ratio.
   *
   * @param features whether the maps [N, C, H, W] of the backbone ({@code C3} …) and of the pyramid
   *     ({@code P3} …) come out too
   */
  public record Maps(boolean features) implements Output {}

  /**
   * The best (anchor, class) pairs of each picture, by logit, then by anchor, then by class: {@code
   * logits} float32 [N, K], {@code classes} int32 [N, K], {@code anchors} int32 [N, K] and {@code
   * regression} float32 [N, K, 4]. K is {@code topK}, or all pairs of a picture that has fewer.
   */
  public record Candidates(int topK) implements Output {
    public Candidates {
      if (topK < 1) {
        throw new IllegalArgumentException("topK is at least 1, not " + topK + ".");
      }
    }
  }

  /** How the network is written down; what it computes is the same but for rounding. */
  public enum Form {
    /** Batch norms folded into convolutions, padding in their attributes, constants computed. */
    FOLDED,
    /** Operation by operation: batch norms, pads and fusion weights are nodes of their own. */
    PLAIN
  }

  /** Of a network's weights, and of what is computed from layer to layer. */
  public enum Precision {
    FLOAT32,
    /** For GPUs, which compute it several times as fast; a CPU computes in float32 all the same. */
    FLOAT16;

    /** By {@link #key}. */
    public static Precision of(String key) {
      return switch (key) {
        case "float32" -> FLOAT32;
        case "float16" -> FLOAT16;
        default ->
            throw new IllegalArgumentException(
                "Unknown precision '%s'; known are float32 and float16.".formatted(key));
      };
    }

    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What runs: bytes in, the best pairs out. */
  public static OnnxOptions production(int topK) {
    return new OnnxOptions(
        Input.UINT8_NHWC, new Candidates(topK), Form.FOLDED, Precision.FLOAT32, FREE, FREE);
  }

  /** What is proved against the references: normalised pictures in, maps out. */
  public static OnnxOptions maps() {
    return new OnnxOptions(
        Input.FLOAT_NCHW, new Maps(false), Form.FOLDED, Precision.FLOAT32, FREE, FREE);
  }

  public OnnxOptions withInput(Input other) {
    return new OnnxOptions(other, output, form, precision, height, width);
  }

  public OnnxOptions withOutput(Output other) {
    return new OnnxOptions(input, other, form, precision, height, width);
  }

  public OnnxOptions withForm(Form other) {
    return new OnnxOptions(input, output, other, precision, height, width);
  }

  public OnnxOptions withPrecision(Precision other) {
    return new OnnxOptions(input, output, form, other, height, width);
  }

  public OnnxOptions withSize(int fixedHeight, int fixedWidth) {
    return new OnnxOptions(input, output, form, precision, fixedHeight, fixedWidth);
  }
}
