package io.vigil.connectors.video.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import io.vigil.connectors.video.Clips;
import io.vigil.connectors.video.Clips.Clip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.ffprobe;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VideoDecoderTest {

  @TempDir private Path folder;

  static Stream<Clip> numbered() {
    return Clips.numbered().filter(clip -> !clip.name().startsWith("truncated"));
  }

  static Stream<Clip> every() {
    return Stream.concat(Clips.variants(), Clips.shared());
  }

  @ParameterizedTest
  @MethodSource("numbered")
  void framesComeInOrderWithoutGapAsDisplayed(Clip clip) throws VideoException {
    var numbers = new ArrayList<Integer>();
    try (var decoder = VideoDecoder.open(clip.path(), 2)) {
      assertThat(decoder.next()).isTrue();
      assertThat(decoder.frame().width()).isEqualTo(clip.width());
      assertThat(decoder.frame().height()).isEqualTo(clip.height());
      do {
        var frame = decoder.frame();
        numbers.add(Clips.number(decoder.picture(), frame.width(), frame.height()));
      } while (next(decoder));
    }
    assertThat(numbers)
        .containsExactlyElementsOf(IntStream.range(0, (int) clip.frames()).boxed().toList());
  }

  /** Cut-off clips end in an exception, which other tests look at. */
  private static boolean next(VideoDecoder decoder) {
    try {
      return decoder.next();
    } catch (VideoException e) {
      return false;
    }
  }

  @ParameterizedTest
  @MethodSource("every")
  void thereAreAsManyFramesAsFfprobeCounts(Clip clip) throws Exception {
    assertThat(count(clip.path(), 0)).isEqualTo(clip.frames()).isEqualTo(ffprobeCount(clip.path()));
  }

  private static long count(Path path, int threads) throws VideoException {
    long frames = 0;
    try (var decoder = VideoDecoder.open(path, threads)) {
      while (next(decoder)) {
        frames++;
      }
    }
    return frames;
  }

  /** By the program of the same build as the libraries. */
  private static long ffprobeCount(Path path) throws Exception {
    var command = new ArrayList<>(List.of(Loader.load(ffprobe.class), "-v", "quiet"));
    command.addAll(List.of("-count_frames", "-select_streams", "v:0"));
    command.addAll(List.of("-show_entries", "stream=nb_read_frames", "-of", "csv=p=0"));
    command.add(path.toString());
    var process = new ProcessBuilder(command).start();
    var lines = new String(process.getInputStream().readAllBytes()).lines();
    var count = lines.filter(line -> !line.isBlank()).findFirst().orElseThrow();
    return Long.parseLong(count.replace(",", ""));
  }

  @Test
  void aDamagedFileGivesTheSamePixelsWithAnyNumberOfThreads() throws IOException {
    var damaged = damaged(Clips.street());
    var expected = checksums(damaged, 1);
    assertThat(expected).isNotEqualTo(checksums(Clips.street(), 1)).hasSizeGreaterThan(100);
    for (int threads : new int[] {2, 3, 4, 2, 3, 4}) {
      assertThat(checksums(damaged, threads)).isEqualTo(expected);
    }
  }

  @Test
  void damageInOneFileDoesNotStopThreadsOfAnother() throws Exception {
    var damaged = damaged(Clips.street());
    try (var interrupt = new ReadInterrupt();
        var sound = DecoderStack.open(Location.of(Clips.street()), interrupt, 2);
        var other = DecoderStack.open(Location.of(damaged), interrupt, 2);
        var frame = av_frame_alloc()) {
      assertThat(sound.reader().next(frame)).isEqualTo(FrameReader.Step.FRAME);
      var step = FrameReader.Step.FRAME;
      while (step == FrameReader.Step.FRAME) {
        step = other.reader().next(frame);
      }
      assertThat(step).isEqualTo(FrameReader.Step.DAMAGE);
      assertThat(sound.reader().next(frame)).isEqualTo(FrameReader.Step.FRAME);
      av_frame_free(frame);
    }
  }

  private Path damaged(Path whole) throws IOException {
    var bytes = Files.readAllBytes(whole);
    var random = new Random(7);
    for (int i = 0; i < 40; i++) {
      bytes[bytes.length / 4 + random.nextInt(bytes.length / 2)] ^=
          (byte) (1 + random.nextInt(255));
    }
    return Files.write(folder.resolve("damaged.mp4"), bytes);
  }

  private static List<Integer> checksums(Path path, int threads) throws VideoException {
    var checksums = new ArrayList<Integer>();
    try (var decoder = VideoDecoder.open(path, threads)) {
      while (next(decoder)) {
        checksums.add(Arrays.hashCode(decoder.picture()));
      }
    }
    return checksums;
  }

  @Test
  void aChangeOfSizeMidwayChangesTheFrames() throws VideoException {
    var widths = new ArrayList<Integer>();
    try (var decoder = VideoDecoder.open(Clips.variant("size_change.ts"), 0)) {
      while (decoder.next()) {
        widths.add(decoder.frame().width());
        assertThat(decoder.picture())
            .hasSize(3 * decoder.frame().width() * decoder.frame().height());
      }
    }
    assertThat(widths).hasSize(48).startsWith(160, 160).endsWith(128, 128);
    assertThat(widths.indexOf(128)).isEqualTo(24);
  }

  @Test
  void aFrameWithoutTimestampFollowsTheOneBefore() throws VideoException {
    try (var decoder = VideoDecoder.open(Clips.variant("raw.h264"), 0)) {
      for (int i = 0; decoder.next(); i++) {
        assertThat(decoder.timeBase().seconds(decoder.frame().pts())).isEqualTo(i / 24.0);
      }
    }
  }

  @Test
  void probeReadsTheHeader() throws VideoException {
    var info = VideoDecoder.probe(Clips.variant("rotated90.mp4"));
    assertThat(info)
        .isEqualTo(new VideoInfo("h264", "mov,mp4,m4a,3gp,3g2,mj2", 90, 160, 24, 2, 48));
  }

  @Test
  void aClosedDecoderSaysSo() throws VideoException {
    var decoder = VideoDecoder.open(Clips.street(), 1);
    decoder.close();
    assertThatThrownBy(decoder::next)
        .isInstanceOf(VideoException.class)
        .hasMessageEndingWith("street.mp4: closed while it was read");
  }
}
