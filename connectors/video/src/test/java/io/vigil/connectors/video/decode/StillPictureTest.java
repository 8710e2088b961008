package io.vigil.connectors.video.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StillPictureTest {

  /** However java.awt holds a picture, its colours are the same. */
  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_INT_BGR,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR
      })
  void keepsColours(int type) {
    var image = new BufferedImage(3, 2, type);
    for (int i = 0; i < 6; i++) {
      image.setRGB(i % 3, i / 3, 0xff000000 | 0x0a1f80 * (i + 1));
    }
    var picture = StillPicture.of(image);
    assertThat(picture.width()).isEqualTo(3);
    assertThat(picture.height()).isEqualTo(2);
    for (int i = 0; i < 6; i++) {
      int colour = 0x0a1f80 * (i + 1);
      assertThat(picture.rgba()[4 * i] & 0xff).isEqualTo(colour >> 16 & 0xff);
      assertThat(picture.rgba()[4 * i + 1] & 0xff).isEqualTo(colour >> 8 & 0xff);
      assertThat(picture.rgba()[4 * i + 2] & 0xff).isEqualTo(colour & 0xff);
    }
  }

  /** A part of a larger picture has rows with a gap between. */
  @Test
  void readsAPartOfAPicture() {
    var image = new BufferedImage(5, 4, BufferedImage.TYPE_3BYTE_BGR);
    image.setRGB(2, 1, 0x123456);
    var picture = StillPicture.of(image.getSubimage(2, 1, 2, 2));
    assertThat(picture.rgba()).startsWith(0x12, 0x34, 0x56);
  }

  @Test
  void greyIsTakenAsItIsStored() {
    var image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(1, 0, 0, 100);
    assertThat(StillPicture.of(image).rgba()).startsWith(0, 0, 0, 0, 100, 100, 100);
  }

  @Test
  void whatIsNoPictureIsNamed(@TempDir Path folder) throws IOException {
    var text = Files.writeString(folder.resolve("a.jpg"), "no picture");
    assertThatThrownBy(() -> StillPicture.read(text))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining("a.jpg: no picture that can be read");
    assertThatThrownBy(() -> StillPicture.read(folder.resolve("b.jpg")))
        .hasMessageContaining("b.jpg: no picture that can be read");
  }
}
