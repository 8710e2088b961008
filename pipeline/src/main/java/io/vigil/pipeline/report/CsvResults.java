package io.vigil.pipeline.report;

import io.vigil.events.FrameEvent;
import java.nio.file.Path;
import java.util.List;

/** A row a detection, of all streams (RFC 4180). */
final class CsvResults implements ResultWriter {
  private static final String HEADER =
      "stream_id,session,seq,seconds,class_id,class,score,x1,y1,x2,y2\r\n";

  private final OutputFile file;

  CsvResults(Path out) {
    file = OutputFile.at(out.resolve("detections.csv"));
    file.print(HEADER);
  }

  @Override
  public void write(FrameEvent event) {
    var frame =
        String.join(
            ",",
            quoted(event.streamId()),
            quoted(event.session()),
            Long.toString(event.seq()),
            Numbers.seconds(event));
    for (var detection : event.detections()) {
      file.print(
          String.join(
                  ",",
                  frame,
                  Integer.toString(detection.classId()),
                  quoted(detection.className()),
                  Numbers.decimals(detection.score(), 4),
                  Numbers.decimals(detection.x1(), 1),
                  Numbers.decimals(detection.y1(), 1),
                  Numbers.decimals(detection.x2(), 1),
                  Numbers.decimals(detection.y2(), 1))
              + "\r\n");
    }
  }

  private static String quoted(String text) {
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  @Override
  public List<Path> finish() {
    return List.of(file.commit());
  }

  @Override
  public void close() {
    file.close();
  }
}
