package io.vigil.connectors.video.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.connectors.video.state.UnassignedSplits;
import io.vigil.connectors.video.state.UnassignedSplitsSerializer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class VideoSplitSerializerTest {

  private static final VideoSplit READ =
      new VideoSplit(
          "stream",
          "/videos/ä.mp4",
          new VideoPosition(
              VideoPosition.Phase.READING,
              "a1",
              11,
              -5,
              40,
              false,
              3,
              1600,
              new FrameCounts(1, 2, 3)),
          List.of(new FrameAnchor(9, 32, -17), new FrameAnchor(10, 40, 23)));

  private final VideoSplitSerializer serializer = VideoSplitSerializer.INSTANCE;

  @Test
  void aSplitKeepsEverything() throws IOException {
    assertThat(serializer.deserialize(1, serializer.serialize(READ))).isEqualTo(READ);
  }

  @Test
  void theEnumeratorKeepsItsSplitsInOrder() throws IOException {
    var state = new UnassignedSplits<>(List.of(READ, VideoSplit.unread("b", "b.mp4")));
    var states = new UnassignedSplitsSerializer<>(VideoSplitSerializer.INSTANCE);
    assertThat(states.deserialize(1, states.serialize(state))).isEqualTo(state);
  }

  @Test
  void anotherVersionIsRefused() throws IOException {
    var bytes = serializer.serialize(READ);
    assertThatThrownBy(() -> serializer.deserialize(2, bytes))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "video split of version 2: this Vigil reads version 1;"
                + " restore with the Vigil that wrote the checkpoint");
  }
}
