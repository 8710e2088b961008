package io.vigil.testvideos.scene;

import io.vigil.testvideos.render.Colours;
import io.vigil.testvideos.render.Dice;
import io.vigil.testvideos.render.Texture;

/** Colours and textures of the ground. */
final class Grounds {

  static final double FAR = 160;

  private Grounds() {}

  /** Under everything, as far as one sees. */
  static void everywhere(Setting setting) {
    var dice = setting.dice;
    boolean green = dice.chance(0.5);
    setting.rectangle(
        green ? Texture.GRASS : Texture.GRAVEL,
        green ? grass(dice) : Colours.varied(dice, 0x8A8478, 0.2),
        -FAR,
        -FAR,
        FAR,
        FAR);
  }

  static int grass(Dice dice) {
    return Colours.varied(dice, dice.colour(0x56703A, 0x6A7A44, 0x7C7A4A, 0x44602E), 0.2);
  }

  static int asphalt(Dice dice) {
    int grey = dice.whole(52, 128);
    return Colours.rgb(grey, grey * dice.between(0.97, 1.02), grey * dice.between(0.95, 1.06));
  }

  static int paving(Dice dice) {
    return Colours.varied(
        dice, dice.colour(0xA8A49C, 0x8C8A86, 0xB89A80, 0x9A7A68, 0xC4BCAC, 0x78787C), 0.15);
  }

  static Texture pavingTexture(Dice dice) {
    return dice.pick(Texture.SLABS, Texture.SLABS, Texture.COBBLES, Texture.ASPHALT);
  }

  static int marking(Dice dice) {
    return Colours.varied(dice, dice.chance(0.85) ? 0xD8D8D0 : 0xD8B840, 0.08);
  }

  /** A dashed line along x. */
  static void dashes(Setting setting, int rgb, double y, double x0, double x1) {
    for (double x = x0; x < x1; x += 6) {
      setting.rectangle(Texture.ASPHALT, rgb, x, y - 0.07, x + 3, y + 0.07);
    }
  }

  /** A dashed line along y. */
  static void dashesAcross(Setting setting, int rgb, double x, double y0, double y1) {
    for (double y = y0; y < y1; y += 6) {
      setting.rectangle(Texture.ASPHALT, rgb, x - 0.07, y, x + 0.07, y + 3);
    }
  }

  /** Stripes for crossing a road that goes along x. */
  static void zebra(Setting setting, int rgb, double x, double width, double y0, double y1) {
    for (double y = y0 + 0.3; y + 0.5 < y1; y += 1) {
      setting.rectangle(Texture.ASPHALT, rgb, x - width / 2, y, x + width / 2, y + 0.5);
    }
  }

  /** Stripes for crossing a road that goes along y. */
  static void zebraAcross(Setting setting, int rgb, double y, double width, double x0, double x1) {
    for (double x = x0 + 0.3; x + 0.5 < x1; x += 1) {
      setting.rectangle(Texture.ASPHALT, rgb, x, y - width / 2, x + 0.5, y + width / 2);
    }
  }

  /** Darker and lighter places, where a road was mended, and covers of drains. */
  static void mended(Setting setting, int rgb, double x0, double y0, double x1, double y1) {
    var dice = setting.dice;
    for (int i = dice.whole(0, 6); i > 0; i--) {
      double x = dice.between(x0, x1);
      double y = dice.between(y0, y1);
      double length = dice.between(0.5, 5);
      double width = dice.between(0.4, 1.6);
      int patch = Colours.scaled(rgb, dice.between(0.72, 1.2));
      setting.rectangle(
          Texture.ASPHALT, patch, x, y, Math.min(x1, x + length), Math.min(y1, y + width));
    }
  }
}
