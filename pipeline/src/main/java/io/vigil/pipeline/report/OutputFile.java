package io.vigil.pipeline.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that is written beside its place and moved there when it is whole; what is closed before
 * is removed, so that nothing half written looks finished.
 */
final class OutputFile implements AutoCloseable {
  private final Path target;
  private final Path temporary;
  private BufferedWriter writer;

  private OutputFile(Path target) {
    this.target = target;
    this.temporary = target.resolveSibling("." + target.getFileName() + ".part");
  }

  /**
   * @throws ReportException if its folder cannot be made
   */
  static OutputFile at(Path target) {
    var file = new OutputFile(target);
    try {
      Files.createDirectories(target.toAbsolutePath().getParent());
      Files.deleteIfExists(file.temporary);
      return file;
    } catch (IOException e) {
      throw file.failed(e);
    }
  }

  /** Where others write it, until {@link #commit}. */
  Path temporary() {
    return temporary;
  }

  /** Adds text, in UTF-8. */
  void print(String text) {
    try {
      if (writer == null) {
        writer = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8);
      }
      writer.write(text);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Puts the whole file in its place. */
  Path commit() {
    try {
      closeWriter();
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
      return target;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** What to throw when writing failed. */
  ReportException failed(IOException e) {
    return new ReportException(
        target
            + ": cannot be written ("
            + FileProblem.reason(e)
            + "); free space or allow writing there, or name another folder with --out",
        e);
  }

  private void closeWriter() throws IOException {
    if (writer != null) {
      writer.close();
    }
  }

  @Override
  public void close() {
    try {
      closeWriter();
    } catch (IOException e) {
      // the disk that refused the text refuses the rest of it too; what is there goes now
    }
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      throw new UncheckedIOException(temporary + " cannot be removed", e);
    }
  }
}
