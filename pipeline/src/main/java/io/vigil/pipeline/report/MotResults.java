package io.vigil.pipeline.report;

import io.vigil.events.FrameEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * MOT Challenge, a file a stream: frame from 1, track id, left, top, width, height, score, and
 * three places that 2D results leave at -1. Without a tracker the track id is -1, as in the
 * challenge's detection files.
 */
final class MotResults implements ResultWriter {
  private final Path out;
  private final List<Path> finished = new ArrayList<>();
  private OutputFile file;

  MotResults(Path out) {
    this.out = out;
  }

  @Override
  public void startStream(String name) {
    file = OutputFile.at(out.resolve(name + ".mot.txt"));
    file.print("");
  }

  @Override
  public void write(FrameEvent event) {
    for (var detection : event.detections()) {
      file.print(
          String.join(
                  ",",
                  Long.toString(event.seq() + 1),
                  "-1",
                  Numbers.decimals(detection.x1(), 1),
                  Numbers.decimals(detection.y1(), 1),
                  Numbers.decimals(detection.x2() - detection.x1(), 1),
                  Numbers.decimals(detection.y2() - detection.y1(), 1),
                  Numbers.decimals(detection.score(), 4),
                  "-1,-1,-1")
              + "\n");
    }
  }

  @Override
  public void endStream() {
    finished.add(file.commit());
  }

  @Override
  public List<Path> finish() {
    return List.copyOf(finished);
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
  }
}
