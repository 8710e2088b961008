package io.vigil.connectors.video.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.video.CaptureTime;
import io.vigil.connectors.video.FrameFailure;
import io.vigil.connectors.video.StreamNotice;
import io.vigil.connectors.video.StreamSettings;
import io.vigil.connectors.video.VideoFrame;
import io.vigil.connectors.video.VideoRecord;
import io.vigil.model.detect.Letterbox;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class VideoRecordSerializerTest {

  private final VideoRecordSerializer serializer = VideoRecordSerializer.INSTANCE;

  @Test
  void aFrameKeepsEverything() throws IOException {
    var letterbox = Letterbox.of(1920, 1080, 512, 128, false);
    byte[] rgb = {1, -2, 3};
    var usual = StreamSettings.USUAL;
    var frame = new VideoFrame("s", "a1", 7, -3, 1, 90000, null, usual, letterbox, rgb);
    var read = (VideoFrame) roundTrip(frame);
    assertThat(read).usingRecursiveComparison().isEqualTo(frame);
    assertThat(serializer.copy(frame)).isSameAs(frame);
  }

  @Test
  void aLiveFrameKeepsEverything() throws IOException {
    var letterbox = Letterbox.of(1920, 1080, 512, 128, false);
    var time = new CaptureTime(12, CaptureTime.RTCP);
    byte[] rgb = {1, -2};
    var usual = StreamSettings.USUAL;
    var frame = new VideoFrame("s", "a1", 7, -3, 1, 90000, time, usual, letterbox, rgb, true, 99);
    assertThat(roundTrip(frame)).usingRecursiveComparison().isEqualTo(frame);
  }

  @Test
  void aFailureKeepsEverything() throws IOException {
    var failure = new FrameFailure("s", "a1", 7, 21, 1, 25, "letterbox", "ä".repeat(100_000));
    assertThat(roundTrip(failure)).isEqualTo(failure);
  }

  @Test
  void aNoticeKeepsEverything() throws IOException {
    var notice =
        new StreamNotice(
            "s",
            "a1",
            StreamNotice.Kind.FAILED,
            9,
            new TreeMap<>(Map.of("range", 2L, "sampling", 3L)),
            new TreeMap<>(Map.of("letterbox", 1L)),
            "why");
    assertThat(roundTrip(notice)).isEqualTo(notice);
  }

  private VideoRecord roundTrip(VideoRecord record) throws IOException {
    var out = new DataOutputSerializer(64);
    serializer.serialize(record, out);
    var bytes = out.getCopyOfBuffer();
    var copied = new DataOutputSerializer(64);
    serializer.copy(new DataInputDeserializer(bytes), copied);
    assertThat(copied.getCopyOfBuffer()).isEqualTo(bytes);
    return serializer.deserialize(new DataInputDeserializer(bytes));
  }
}
