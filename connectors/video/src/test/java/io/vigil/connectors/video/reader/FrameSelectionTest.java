package io.vigil.connectors.video.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.video.Clips;
import io.vigil.connectors.video.split.VideoPosition;
import io.vigil.connectors.video.split.VideoSplit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameSelectionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "30   | 60 | 0 2 4 6 8",
        "10   | 25 | 0 3 5 8",
        "25   | 25 | 0 1 2 3 4 5 6 7 8 9",
        "60   | 25 | 0 1 2 3 4 5 6 7 8 9",
        "0.5  | 1  | 0 2 4 6 8",
        "29.97 | 29.97 | 0 1 2 3 4 5 6 7 8 9"
      })
  void takesTheFirstFrameOfEachInterval(double samplingRate, double fileRate, String taken) {
    var expected = List.of(taken.split(" ")).stream().map(Integer::valueOf).toList();
    // To the millisecond below, as Matroska has it.
    assertThat(taken(samplingRate, 10, i -> Math.floor(1000 * i / fileRate) / 1000))
        .isEqualTo(expected);
  }

  private interface Times {
    double seconds(int frame);
  }

  private static List<Integer> taken(double samplingRate, int frames, Times times) {
    var settings =
        new ReadSettings(
            Reading.SMALL, samplingRate, 0, Double.POSITIVE_INFINITY, DecoderThreads.EVERY_CORE);
    var selection = new FrameSelection(settings);
    var taken = new ArrayList<Integer>();
    var position = VideoPosition.START;
    for (int i = 0; i < frames; i++) {
      double seconds = times.seconds(i);
      if (selection.choose(seconds, position) == FrameSelection.Choice.TAKE) {
        taken.add(i);
        position = position.after(i, true, selection.slot(seconds), i, position.counts());
      }
    }
    return taken;
  }

  @Test
  void theLedgerBalancesWithSamplingAndRange() throws IOException {
    var settings = new ReadSettings(Reading.SMALL, 12, 0.5, 1.5, DecoderThreads.EVERY_CORE);
    var split = VideoSplit.unread("stream", Clips.variant("mpegts.ts").toString());
    var elements = Reading.of(split, settings, List.of()).elements();
    // 24 frames a second: 12 before the start, 24 inside, every second one of them taken.
    assertThat(elements.get(elements.size() - 1))
        .contains("kind=ENDED, decoded=36, dropped={range=12, sampling=12}, failed={}");
    assertThat(elements.stream().filter(element -> element.startsWith("frame"))).hasSize(12);
    assertThat(elements).anyMatch(element -> element.startsWith("frame 12 at "));
  }
}
