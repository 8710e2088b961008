package io.vigil.connectors.video.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.connectors.video.Clips;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VideoErrorsTest {

  @TempDir private Path folder;

  @Test
  void aMissingFile() {
    assertRefused(folder.resolve("none.mp4"), ": no such file; check the path");
  }

  @Test
  void aDirectory() {
    assertRefused(folder, ": a directory where a video file was expected; name the files in it");
  }

  @Test
  void anEmptyFile() throws IOException {
    assertRefused(
        Files.createFile(folder.resolve("empty.mp4")),
        ": the file is empty where a video was expected; copy or record it again");
  }

  @Test
  void aTextNamedLikeAVideo() throws IOException {
    assertRefused(
        Files.writeString(folder.resolve("text.mp4"), "no video at all\n"),
        ": not a video that FFmpeg can read (Invalid data found when processing input);"
            + " check that it is a complete video file");
  }

  @ParameterizedTest
  @CsvSource({
    "png, picture.png, png_pipe",
    "png, picture.mp4, png_pipe",
    "jpg, picture.mp4, jpeg_pipe",
    "bmp, picture.bmp, bmp_pipe"
  })
  void anImage(String format, String file, String readAs) throws IOException {
    var path = folder.resolve(file);
    var image = new BufferedImage(64, 48, BufferedImage.TYPE_3BYTE_BGR);
    assertThat(ImageIO.write(image, format, path.toFile())).isTrue();
    assertRefused(
        path,
        ": an image where a video was expected (FFmpeg reads it as "
            + readAs
            + "); name a video file");
  }

  @Test
  void sound() throws IOException {
    var path = folder.resolve("sound.wav");
    var format = new AudioFormat(8000, 16, 1, true, false);
    var silence = new AudioInputStream(InputStream.nullInputStream(), format, 0);
    var wave = new ByteArrayOutputStream();
    AudioSystem.write(silence, AudioFileFormat.Type.WAVE, wave);
    wave.write(new byte[16000]);
    Files.write(path, wave.toByteArray());
    assertRefused(path, ": no video stream (it has audio pcm_s16le); name a file with video");
  }

  @Test
  void aListOfFiles() throws IOException {
    Files.copy(Clips.street(), folder.resolve("street.mp4"));
    var list = "ffconcat version 1.0\nfile street.mp4\n";
    assertRefused(
        Files.writeString(folder.resolve("list.mp4"), list),
        ": a list of files where a video was expected; name the files themselves");
  }

  @Test
  void aCodecWithoutDecoder() throws IOException {
    var bytes = Files.readAllBytes(Clips.variant("duplicate_pts.mkv"));
    replace(bytes, "V_MJ", "V_QQ");
    assertRefused(
        Files.write(folder.resolve("odd.mkv"), bytes),
        ": no decoder for its codec, an unknown one; convert it to H.264");
  }

  private static void replace(byte[] bytes, String old, String replacement) {
    for (int i = 0; i + 4 <= bytes.length; i++) {
      if (new String(bytes, i, 4, StandardCharsets.ISO_8859_1).equals(old)) {
        System.arraycopy(replacement.getBytes(StandardCharsets.US_ASCII), 0, bytes, i, 4);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "truncated.mp4 | 24 | 1.00 s of 2.00 s (its last packet is incomplete)",
        "truncated.ts | 24 | 1.04 s (its last packet is incomplete)"
      })
  void aFileThatWasCutOffGivesItsFramesThenTheTime(String file, int frames, String where)
      throws VideoException {
    try (var decoder = VideoDecoder.open(Clips.variant(file), 0)) {
      for (int i = 0; i < frames; i++) {
        assertThat(decoder.next()).isTrue();
      }
      assertThatThrownBy(decoder::next)
          .isInstanceOf(VideoException.class)
          .hasMessage(
              Clips.variant(file)
                  + ": cut off or damaged at "
                  + where
                  + "; the frames before were read, copy the file again for the rest");
    }
  }

  @Test
  void whatIsWholeIsNotCutOff() throws VideoException {
    for (var clip : Clips.variants().filter(c -> !c.name().startsWith("truncated")).toList()) {
      try (var decoder = VideoDecoder.open(clip.path(), 0)) {
        long frames = 0;
        while (decoder.next()) {
          frames++;
        }
        assertThat(frames).as(clip.name()).isEqualTo(clip.frames());
      }
    }
  }

  private static void assertRefused(Path path, String message) {
    assertThatThrownBy(() -> VideoDecoder.open(path, 1).close())
        .isInstanceOf(VideoException.class)
        .hasMessage(path + message);
    assertThatThrownBy(() -> VideoDecoder.probe(path))
        .isInstanceOf(VideoException.class)
        .hasMessageStartingWith(path + ": ");
  }
}
