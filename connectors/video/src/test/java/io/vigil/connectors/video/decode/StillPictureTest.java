package io.vigil.connectors.video.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StillPictureTest {

  @TempDir private Path folder;

  /** However a file holds them, colours are the same. */
  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_BYTE_INDEXED
      })
  void keepsColours(int type) throws IOException {
    var image = new BufferedImage(3, 2, type);
    for (int i = 0; i < 6; i++) {
      image.setRGB(i % 3, i / 3, 0xff000000 | 0x330066 * (i % 2 + 1));
    }
    var picture = StillPicture.read(write(image, "png"));
    assertThat(picture.width()).isEqualTo(3);
    assertThat(picture.height()).isEqualTo(2);
    assertThat(picture.rgb()).startsWith(0x33, 0, 0x66, 0x66, 0, 0xcc, 0x33, 0, 0x66);
  }

  @Test
  void greyIsTakenAsItIsStored() throws IOException {
    var image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(1, 0, 0, 100);
    assertThat(StillPicture.read(write(image, "png")).rgb())
        .containsExactly(0, 0, 0, 100, 100, 100);
  }

  @Test
  void sixteenBitsBecomeEight() throws IOException {
    var image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(1, 0, 0, 100 << 8);
    assertThat(StillPicture.read(write(image, "png")).rgb())
        .containsExactly(0, 0, 0, 100, 100, 100);
  }

  @Test
  void sixteenBitsOfColourBecomeEight() throws IOException {
    var model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_USHORT);
    var pixels = model.createCompatibleWritableRaster(1, 1);
    pixels.setPixel(0, 0, new int[] {200 << 8, 60 << 8, 30 << 8});
    var file = write(new BufferedImage(model, pixels, false, null), "png");
    assertThat(StillPicture.read(file).rgb()).containsExactly(200, 60, 30);
  }

  /** Of one colour, (200, 60, 30), as an image editor writes it for print. */
  @Test
  void cmykBecomesRgb() throws IOException {
    try (var in = StillPictureTest.class.getResourceAsStream("/pictures/cmyk.jpg")) {
      var file = Files.write(folder.resolve("cmyk.jpg"), Objects.requireNonNull(in).readAllBytes());
      var picture = StillPicture.read(file);
      assertThat(picture.rgb()[0] & 0xff).isCloseTo(200, within(8));
      assertThat(picture.rgb()[1] & 0xff).isCloseTo(60, within(8));
      assertThat(picture.rgb()[2] & 0xff).isCloseTo(30, within(8));
    }
  }

  @Test
  void whatIsNoPictureIsNamed() throws IOException {
    var text = Files.writeString(folder.resolve("a.jpg"), "no picture");
    assertThatThrownBy(() -> StillPicture.read(text))
        .isInstanceOf(VideoException.class)
        .hasMessage(text + ": no picture that can be read; convert it to JPEG or PNG");
    var missing = folder.resolve("b.jpg");
    assertThatThrownBy(() -> StillPicture.read(missing))
        .hasMessage(missing + ": there is no such file");
    var empty = Files.write(folder.resolve("c.jpg"), new byte[0]);
    assertThatThrownBy(() -> StillPicture.read(empty))
        .hasMessage(empty + ": an empty file; fetch it again");
  }

  /** Libraries fill what is missing with grey, and nobody would know. */
  @Test
  void aPictureThatIsCutOffIsRefused() throws IOException {
    var image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 64; i++) {
      image.setRGB(i % 64, i / 64, i * 997);
    }
    for (var format : new String[] {"jpg", "png"}) {
      var bytes = new ByteArrayOutputStream();
      ImageIO.write(image, format, bytes);
      var cut = Arrays.copyOf(bytes.toByteArray(), bytes.size() * 2 / 3);
      var file = Files.write(folder.resolve("cut." + format), cut);
      assertThatThrownBy(() -> StillPicture.read(file))
          .as(format)
          .isInstanceOf(VideoException.class)
          .hasMessage(file + ": a JPEG or PNG that is cut off; fetch it again");
    }
  }

  /**
   * As a camera that hangs upside down, or is held upright, writes it: where width and height
   * change places, the annotations' tell of which picture the boxes are.
   */
  @ParameterizedTest
  @CsvSource({"1, 64, false", "3, 64, true", "3, 48, true", "6, 64, true", "6, 48, false"})
  void anOrientationThatNoSizeTellsIsSeenAndNotApplied(int orientation, int height, boolean turned)
      throws IOException {
    var image = new BufferedImage(64, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 20; i++) {
      image.setRGB(i % 64, i / 64, 0xffffff);
    }
    var jpeg = Files.readAllBytes(write(image, "jpg"));
    var exif = ByteBuffer.allocate(36).putShort((short) 0xffe1).putShort((short) 34);
    exif.put("Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1)).putInt(8).putShort((short) 1);
    exif.putShort((short) 0x112).putShort((short) 3).putInt(1).putShort((short) orientation);
    var file = folder.resolve("turned.jpg");
    try (var out = Files.newOutputStream(file)) {
      out.write(jpeg, 0, 2);
      out.write(exif.array());
      out.write(jpeg, 2, jpeg.length - 2);
    }

    assertThat(StillPicture.isTurnedUnseen(file)).isEqualTo(turned);
    assertThat(StillPicture.read(file).rgb()[0] & 0xff).isGreaterThan(250);
  }

  private Path write(BufferedImage image, String format) throws IOException {
    var file = folder.resolve("picture." + format);
    ImageIO.write(image, format, file.toFile());
    return file;
  }
}
