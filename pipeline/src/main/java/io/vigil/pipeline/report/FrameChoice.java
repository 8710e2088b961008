package io.vigil.pipeline.report;

import io.vigil.events.FrameEvent;
import io.vigil.events.FrameEvent.DetectedObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The frames that show best what was detected in a stream: its time is cut into equal parts, and
 * from each comes the frame with the highest sum of scores, or the middle one where nothing was
 * detected.
 */
final class FrameChoice {
  private long[] seqs = new long[1024];
  private float[] scores = new float[1024];
  private int count;

  void add(FrameEvent event) {
    if (count == seqs.length) {
      seqs = Arrays.copyOf(seqs, 2 * count);
      scores = Arrays.copyOf(scores, 2 * count);
    }
    seqs[count] = event.seq();
    scores[count] = (float) event.detections().stream().mapToDouble(DetectedObject::score).sum();
    count++;
  }

  /**
   * @param most frames
   * @return by rising seq
   */
  List<Long> best(int most) {
    int parts = Math.min(most, count);
    var best = new ArrayList<Long>();
    for (int part = 0; part < parts; part++) {
      int from = (int) ((long) count * part / parts);
      int to = (int) ((long) count * (part + 1) / parts);
      best.add(seqs[best(from, to)]);
    }
    return best;
  }

  private int best(int from, int to) {
    int best = from;
    for (int i = from; i < to; i++) {
      if (scores[i] > scores[best]) {
        best = i;
      }
    }
    return scores[best] > 0 ? best : (from + to - 1) / 2;
  }
}
