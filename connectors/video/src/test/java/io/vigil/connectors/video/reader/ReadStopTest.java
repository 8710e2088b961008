package io.vigil.connectors.video.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.video.Clips;
import io.vigil.connectors.video.metrics.VideoSourceMetrics;
import io.vigil.connectors.video.split.VideoSplit;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class ReadStopTest {

  private static final VideoSplit UNREAD =
      VideoSplit.unread("street", Clips.variant("closed_gop_h264.mp4").toString());

  private final ReadStop stop = new ReadStop();
  private final List<SimpleCounter> counters = new ArrayList<>();

  private VideoSplitReader readerOf(VideoSplit split) {
    var settings = Reading.EVERYTHING;
    var metrics =
        VideoSourceMetrics.ofFiles(
            new UnregisteredMetricsGroup() {
              @Override
              public MetricGroup addGroup(String name) {
                return this;
              }

              @Override
              public SimpleCounter counter(String name) {
                counters.add(new SimpleCounter());
                return counters.get(counters.size() - 1);
              }
            });
    var reader =
        new VideoSplitReader(settings, new ExactSeek(settings, List.of(), stop), metrics, stop);
    reader.handleSplitsChanges(new SplitsAddition<>(List.of(split)));
    return reader;
  }

  private void assertThatNothingComesAndNothingFailed(VideoSplitReader reader) {
    var before = counters.stream().map(SimpleCounter::getCount).toList();
    var batch = reader.fetch();
    assertThat(batch.nextSplit()).isEqualTo("street");
    assertThat(batch.nextRecordFromSplit()).isNull();
    assertThat(batch.finishedSplits()).isEmpty();
    assertThat(counters.stream().map(SimpleCounter::getCount).toList()).isEqualTo(before);
    reader.close();
  }

  @Test
  void aReaderThatIsStoppedReadsNoFurtherAndTellsNoFailure() {
    var reader = readerOf(UNREAD);
    var batch = reader.fetch();
    assertThat(batch.nextSplit()).isEqualTo("street");
    assertThat(batch.nextRecordFromSplit()).isNotNull();
    stop.raise();
    assertThatNothingComesAndNothingFailed(reader);
  }

  @Test
  void aFileThatIsOpenedAfterTheStopIsNotRead() {
    stop.raise();
    assertThatNothingComesAndNothingFailed(readerOf(UNREAD));
  }

  @Test
  void theSearchForThePlaceOfACheckpointEndsToo() throws Exception {
    var whole = Reading.of(UNREAD, Reading.EVERYTHING, List.of());
    stop.raise();
    assertThatNothingComesAndNothingFailed(readerOf(whole.checkpoints().get(44)));
  }
}
