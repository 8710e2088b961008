package io.vigil.pipeline.train;

import io.vigil.model.train.TrainingException;
import io.vigil.model.weights.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a run went, in a table (tab-separated): a row now and then, means since the row before. A
 * resumed run goes on with the rows up to its checkpoint.
 */
final class ProgressLog {
  private static final String HEADER = "step\tepoch\tloss\tclass_loss\tbox_loss\trate\tap\tap50";

  private final Path file;
  private final List<Row> rows;

  /**
   * What was not measured is NaN.
   *
   * @param ap COCO's AP of the average weights
   * @param ap50 the same at an overlap of 0.5
   */
  record Row(
      long step,
      double epoch,
      double loss,
      double classLoss,
      double boxLoss,
      double rate,
      double ap,
      double ap50) {

    private String text() {
      return String.format(
          Locale.ROOT,
          "%d\t%.4f\t%s\t%s\t%s\t%s\t%s\t%s",
          step,
          epoch,
          text("%.6g", loss),
          text("%.6g", classLoss),
          text("%.6g", boxLoss),
          text("%.6g", rate),
          text("%.4f", ap),
          text("%.4f", ap50));
    }

    private static String text(String format, double figure) {
      return Double.isNaN(figure) ? "" : String.format(Locale.ROOT, format, figure);
    }

    private static Row of(String line) {
      var cells = line.split("\t", -1);
      return new Row(
          Long.parseLong(cells[0]),
          Double.parseDouble(cells[1]),
          figure(cells[2]),
          figure(cells[3]),
          figure(cells[4]),
          figure(cells[5]),
          figure(cells[6]),
          figure(cells[7]));
    }

    private static double figure(String text) {
      return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    }
  }

  private ProgressLog(Path file, List<Row> rows) {
    this.file = file;
    this.rows = rows;
  }

  /**
   * @param upTo the step that the run goes on from; later rows are of steps that it does again
   */
  static ProgressLog open(Path file, long upTo) {
    try {
      var rows = new ArrayList<Row>();
      Files.readAllLines(file).stream()
          .skip(1)
          .map(Row::of)
          .filter(row -> row.step() <= upTo)
          .forEach(rows::add);
      return new ProgressLog(file, rows);
    } catch (NoSuchFileException fresh) {
      return new ProgressLog(file, new ArrayList<>());
    } catch (IOException | RuntimeException broken) {
      throw new TrainingException(
          "%s is no table of a run (%s): move it away.".formatted(file, broken.getMessage()),
          broken);
    }
  }

  List<Row> rows() {
    return List.copyOf(rows);
  }

  void add(Row row) {
    rows.add(row);
    var text = new StringBuilder(HEADER + "\n");
    rows.forEach(one -> text.append(one.text()).append('\n'));
    try {
      WholeFile.write(file, out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (IOException failure) {
      throw new TrainingException(
          "%s cannot be written (%s). The last checkpoint is untouched: make room and go on with --resume."
              .formatted(file, failure.getMessage()),
          failure);
    }
  }
}
