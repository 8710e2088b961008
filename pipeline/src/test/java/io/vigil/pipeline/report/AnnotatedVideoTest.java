package io.vigil.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.video.decode.VideoDecoder;
import io.vigil.connectors.video.decode.VideoInfo;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnotatedVideoTest {
  @TempDir private Path folder;

  /** The H.264 encoder takes neither very small nor very large ones. */
  @ParameterizedTest
  @CsvSource({
    "640, 360, h264, 640, 360",
    "767, 431, h264, 768, 432",
    "361, 640, h264, 362, 640",
    "3840, 2160, h264, 3840, 2160",
    "1, 1, mpeg4, 2, 2",
    "400, 14, mpeg4, 400, 14",
    "4096, 4096, mpeg4, 4096, 4096"
  })
  void anySizeBecomesAVideo(int width, int height, String codec, int evenWidth, int evenHeight)
      throws IOException {
    var info = VideoDecoder.probe(annotated(picture(width, height), picture(width, height)));
    assertThat(info)
        .returns(codec, VideoInfo::codec)
        .returns(evenWidth, VideoInfo::width)
        .returns(evenHeight, VideoInfo::height)
        .returns(2L, VideoInfo::estimatedFrames);
  }

  @Test
  void aSizeThatChangesMidwayIsFittedIntoTheFirst() throws IOException {
    var file = annotated(picture(640, 360), picture(200, 200), picture(1920, 1080));
    try (var decoder = VideoDecoder.open(file, 1)) {
      for (int i = 0; i < 3; i++) {
        assertThat(decoder.next()).isTrue();
        assertThat(decoder.frame().width()).isEqualTo(640);
        assertThat(decoder.frame().height()).isEqualTo(360);
      }
      assertThat(decoder.next()).isFalse();
    }
  }

  private Path annotated(BufferedImage... pictures) throws IOException {
    var target = folder.resolve("annotated.mp4");
    var painter = new BoxPainter(Lettering.load());
    try (var video = new AnnotatedVideo(target, painter, Reports.TIME_BASE, 25, 0)) {
      for (int i = 0; i < pictures.length; i++) {
        var detections = List.of(Reports.car(0.9, 0, 0, 1, 1));
        video.frame(new FrameSink.Frame(i, 3600L * i, i / 25.0, pictures[i], detections));
      }
      return video.finish().orElseThrow();
    }
  }

  private static BufferedImage picture(int width, int height) {
    return new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
  }
}
