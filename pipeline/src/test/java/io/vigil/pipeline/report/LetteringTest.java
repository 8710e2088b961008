package io.vigil.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class LetteringTest {
  private final Lettering lettering = Lettering.load();

  @Test
  void writesWhereItIsTold() {
    var picture = new BufferedImage(200, 60, BufferedImage.TYPE_INT_RGB);
    var graphics = picture.createGraphics();
    graphics.setColor(Color.WHITE);
    lettering.draw(graphics, "car 0.87 é", 20, 40, 24);
    graphics.dispose();
    double width = lettering.width("car 0.87 é", 24);
    assertThat(width).isBetween(100.0, 160.0);
    assertThat(inked(picture, 0, 20)).isZero();
    assertThat(inked(picture, 20, (int) (20 + width))).isGreaterThan(300);
    assertThat(inked(picture, (int) (21 + width), 200)).isZero();
  }

  @Test
  void aMarkOfItsOwnIsPartOfItsLetter() {
    assertThat(lettering.width("e\u0301", 24)).isEqualTo(lettering.width("é", 24));
  }

  @Test
  void everyLetterHasAPlace() {
    assertThat(lettering.width("車\uD83D\uDE97", 24)).isPositive();
  }

  @Test
  void textThatIsTooLongIsCut() {
    assertThat(lettering.fitted("motorcycle 0.80", 20, 1000)).isEqualTo("motorcycle 0.80");
    var cut = lettering.fitted("motorcycle 0.80", 20, 100);
    assertThat(cut).startsWith("motor").endsWith("…");
    assertThat(lettering.width(cut, 20)).isLessThanOrEqualTo(100);
  }

  private static int inked(BufferedImage picture, int fromX, int toX) {
    int inked = 0;
    for (int x = fromX; x < toX; x++) {
      for (int y = 0; y < picture.getHeight(); y++) {
        inked += (picture.getRGB(x, y) & 0xff) > 128 ? 1 : 0;
      }
    }
    return inked;
  }
}
