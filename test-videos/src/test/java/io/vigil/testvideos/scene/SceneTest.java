package io.vigil.testvideos.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SceneTest {

  private static int[] pixels(BufferedImage picture) {
    return picture.getRGB(
        0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
  }

  @ParameterizedTest
  @EnumSource(Viewpoint.class)
  void theSameSeedAndTimeGiveTheSameFrame(Viewpoint viewpoint) {
    var first = Scenes.of(11, viewpoint).draw(3, 320, 180);
    var scene = Scenes.of(11, viewpoint);
    scene.draw(7, 320, 180);
    scene.draw(3, 160, 90);
    var again = scene.draw(3, 320, 180);
    assertThat(pixels(again.picture())).isEqualTo(pixels(first.picture()));
    assertThat(again.annotations()).isEqualTo(first.annotations());
  }

  @Test
  void seedTimeAndViewpointMatter() {
    var one = pixels(Scenes.of(11, Viewpoint.POLE).draw(3, 160, 90).picture());
    assertThat(pixels(Scenes.of(12, Viewpoint.POLE).draw(3, 160, 90).picture())).isNotEqualTo(one);
    assertThat(pixels(Scenes.of(11, Viewpoint.SIDE).draw(3, 160, 90).picture())).isNotEqualTo(one);
    assertThat(pixels(Scenes.of(11, Viewpoint.POLE).draw(4, 160, 90).picture())).isNotEqualTo(one);
  }

  /**
   * On every machine; day and night, dry and rain, with shadows, lamps, blur, noise, haze and
   * shake.
   */
  @ParameterizedTest
  @CsvSource({
    "SIDE, 1, a0bb131d42dc5b75",
    "POLE, 2, b9d5547a017136af",
    "BRIDGE, 3, 4d0131092da88b16",
    "ROUNDABOUT, 4, 36b41e6cc0ba9706",
    "PARKING, 5, b5146ccfd0b7a7b1",
    "PLAZA, 6, f6e3397c81ca57a2",
    "CORNER, 7, 99f44a629fe6f472",
    "SIDE, 8, 7c8e63d572909bb6",
    "POLE, 9, dbc66a41736ec0c2",
    "CORNER, 11, 2f576bd91b398553"
  })
  void pixelsAreTheSeeds(Viewpoint viewpoint, long seed, String digest) throws Exception {
    var frame = Scenes.of(seed, viewpoint).draw(2.5, 320, 180);
    var sha = MessageDigest.getInstance("SHA-256");
    for (var pixel : pixels(frame.picture())) {
      sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(pixel).array());
    }
    assertThat(HexFormat.of().formatHex(sha.digest(), 0, 8)).isEqualTo(digest);
  }

  @ParameterizedTest
  @EnumSource(Viewpoint.class)
  void everyClassIsSeenFromEveryViewpoint(Viewpoint viewpoint) {
    var missing = EnumSet.allOf(Kind.class);
    for (int seed = 0; seed < 40 && !missing.isEmpty(); seed++) {
      var annotations = Scenes.of(seed, viewpoint).draw(5, 400, 226).annotations();
      missing.removeAll(
          annotations.stream()
              .filter(annotation -> !annotation.ignored())
              .map(Annotation::kind)
              .collect(Collectors.toSet()));
    }
    assertThat(missing).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Viewpoint.class)
  void boxesLieWithinTheFrame(Viewpoint viewpoint) {
    for (int seed = 50; seed < 54; seed++) {
      for (var annotation : Scenes.of(seed, viewpoint).draw(5, 320, 180).annotations()) {
        var box = annotation.box();
        assertThat(box.x()).isNotNegative();
        assertThat(box.y()).isNotNegative();
        assertThat(box.right()).isLessThanOrEqualTo(320);
        assertThat(box.bottom()).isLessThanOrEqualTo(180);
        assertThat(annotation.area()).isPositive().isLessThanOrEqualTo(box.area());
        assertThat(annotation.visibility()).isBetween(0.0, 1.0);
        assertThat(annotation.inside()).isBetween(0.0, 1.0);
      }
    }
  }

  @Test
  void aTrackIsOneObjectAllTheTime() {
    var scene = Scenes.of(21, Viewpoint.PLAZA);
    for (double seconds = 0; seconds < 6; seconds += 0.5) {
      for (var annotation : scene.draw(seconds, 160, 90).annotations()) {
        var actor = scene.actors().get(annotation.track() - 1);
        assertThat(actor.track()).isEqualTo(annotation.track());
        assertThat(actor.kind()).isEqualTo(annotation.kind());
      }
    }
  }

  @Test
  void timesOutsideTheSceneAreRefused() {
    var scene = Scenes.of(1, Viewpoint.SIDE);
    assertThatThrownBy(() -> scene.draw(61, 160, 90))
        .hasMessage("time 61.0 s: a scene lasts from 0 to 60.0 s");
    assertThatThrownBy(() -> scene.draw(1, 8, 90))
        .hasMessage("size 8x90: a frame is at least 16x16");
  }

  @Test
  void theCornerAndHighSeedsAreHeldOut() {
    assertThat(Viewpoint.forTraining()).hasSize(6).doesNotContain(Viewpoint.CORNER);
    assertThat(Viewpoint.heldOut(999_999, Viewpoint.SIDE)).isFalse();
    assertThat(Viewpoint.heldOut(1_000_000, Viewpoint.SIDE)).isTrue();
    assertThat(Viewpoint.heldOut(3, Viewpoint.CORNER)).isTrue();
  }
}
