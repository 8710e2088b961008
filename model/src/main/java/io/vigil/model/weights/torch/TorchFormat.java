package io.vigil.model.weights.torch;

import io.vigil.model.weights.WeightsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells PyTorch's formats from what people have instead, and says what to do about it. */
enum TorchFormat {
  /** Since PyTorch 1.6. */
  ZIP,
  /** Before: pickles in a row. */
  LEGACY;

  private static final String ZIP_START = "PK\u0003\u0004";

  /** PROTO 2, then LONG1 of ten bytes: the magic number before PyTorch 1.6. */
  private static final String LEGACY_START = "\u0080\u0002\u008a\n\u006c\u00fc\u009cF";

  /**
   * @throws WeightsException unless the file is there, of a sensible size, and begins as one of
   *     them
   */
  static TorchFormat of(Path path, ReadLimits limits) {
    if (!Files.exists(path)) {
      throw new WeightsException("%s: there is no such weights file.".formatted(path));
    }
    if (!Files.isRegularFile(path)) {
      throw new WeightsException("%s is no file; name a weights file (.pth).".formatted(path));
    }
    long size = path.toFile().length();
    if (size > limits.fileBytes()) {
      throw new WeightsException(
          "%s has %d bytes; weights files of at most %d are read."
              .formatted(path, size, limits.fileBytes()));
    }
    String start = start(path);
    if (start.startsWith(ZIP_START)) {
      return ZIP;
    }
    if (start.startsWith(LEGACY_START)) {
      return LEGACY;
    }
    throw new WeightsException(explain(path, start));
  }

  private static String start(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      return new String(in.readNBytes(64), StandardCharsets.ISO_8859_1);
    } catch (IOException failure) {
      throw new WeightsException(
          "%s cannot be read: %s".formatted(path, failure.getMessage()), failure);
    }
  }

  private static String explain(Path path, String start) {
    if (start.isEmpty()) {
      return "%s is empty.".formatted(path);
    }
    if (start.startsWith("version https://git-lfs")) {
      return "%s is a Git LFS pointer, not the weights; fetch them with: git lfs pull"
          .formatted(path);
    }
    if (start.stripLeading().startsWith("<")) {
      return "%s is a web page, not weights; the download went wrong.".formatted(path);
    }
    return ("%s is no weights file: it begins neither as PyTorch's (a zip archive, or pickles before"
            + " 1.6) nor as safetensors.")
        .formatted(path);
  }
}
