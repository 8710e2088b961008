package io.vigil.connectors.frames.suite;

import io.vigil.connectors.frames.Topic;
import io.vigil.connectors.video.decode.Fill;
import io.vigil.connectors.video.decode.VideoDecoder;
import io.vigil.connectors.video.decode.VideoException;
import io.vigil.connectors.video.reader.LetterboxSettings;
import io.vigil.connectors.video.source.VideoSource;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.testframe.external.ExternalSystemSplitDataWriter;
import org.apache.flink.connector.testframe.external.source.DataStreamSourceExternalContext;
import org.apache.flink.connector.testframe.external.source.TestingSourceSettings;

/** Video files, each of which is a split; they are there already. */
final class FilesContext implements DataStreamSourceExternalContext<String> {
  private static final List<String> CLIPS =
      List.of("open_gop_h264.mp4", "closed_gop_h265.mp4", "mpegts.ts", "vfr.mp4");

  /** That the suite's tests of several splits write. */
  private static final int SEVERAL = 4;

  private final List<String> clips;

  /**
   * @param test whose name tells how many files there are: the source is made before they are
   *     written
   */
  FilesContext(String test) {
    clips = CLIPS.subList(0, test.contains("single split") ? 1 : SEVERAL);
  }

  @Override
  public Source<String, ?, ?> createSource(TestingSourceSettings settings) {
    var source =
        VideoSource.builder().setLetterbox(new LetterboxSettings(128, 128, false, Fill.BLACK));
    clips.forEach(clip -> source.addFile(clip, Topic.clip(clip)));
    return new TextSource<>(source.build());
  }

  @Override
  public ExternalSystemSplitDataWriter<String> createSourceSplitDataWriter(
      TestingSourceSettings settings) {
    return new Writer();
  }

  /** What the file holds. */
  @Override
  public List<String> generateTestData(TestingSourceSettings settings, int split, long seed) {
    var clip = clips.get(split);
    var frames = new ArrayList<String>();
    try (var decoder = VideoDecoder.open(Topic.clip(clip), 1)) {
      while (decoder.next()) {
        frames.add(TextSource.text(clip, decoder.frame().pts()));
      }
    } catch (VideoException e) {
      throw new IllegalStateException(e);
    }
    return frames;
  }

  @Override
  public TypeInformation<String> getProducedType() {
    return Types.STRING;
  }

  @Override
  public List<URL> getConnectorJarPaths() {
    return List.of();
  }

  @Override
  public void close() {
    // The files stay.
  }

  @Override
  public String toString() {
    return "video files";
  }

  private record Writer() implements ExternalSystemSplitDataWriter<String> {

    @Override
    public void writeRecords(List<String> frames) {
      // They are in the file.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
