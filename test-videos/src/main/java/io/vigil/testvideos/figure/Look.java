package io.vigil.testvideos.figure;

import io.vigil.testvideos.render.Colours;
import io.vigil.testvideos.render.Dice;

/**
 * How a person looks.
 *
 * @param height metres
 * @param girth 1 for slim
 */
record Look(
    double height,
    double girth,
    int skin,
    int hair,
    boolean longHair,
    int top,
    Upper upper,
    int legs,
    Lower lower,
    int shoes,
    Head head,
    int headColour,
    Carried carried,
    int carriedColour) {

  enum Upper {
    SHIRT,
    TEE,
    JACKET,
    COAT
  }

  enum Lower {
    TROUSERS,
    SHORTS,
    SKIRT,
    DRESS
  }

  enum Head {
    BARE,
    CAP,
    HOOD,
    HELMET,
    HAT
  }

  enum Carried {
    NOTHING,
    BACKPACK,
    BAG,
    SUITCASE,
    UMBRELLA
  }

  private static final int[] SKINS = {
    0xF1C9A8, 0xE8B894, 0xD9A07A, 0xC68A5E, 0xA56B46, 0x8A5636, 0x5E3A26, 0x432A1C
  };
  private static final int[] HAIRS = {
    0x1C1613, 0x2E2018, 0x4A3222, 0x7A5230, 0xB08850, 0xD8BC84, 0x8C8C8C, 0xC8C8C4, 0x8A3A1E
  };
  private static final int[] TROUSERS = {
    0x22242C, 0x2C3A58, 0x3E5478, 0x5A5048, 0x8C7C60, 0x44483C, 0x17181A, 0x6E6E72, 0xB8A888
  };
  private static final int[] DULL = {
    0x1E2024, 0x2E3440, 0x44464A, 0x5C5A54, 0x7C7468, 0x3C2E28, 0x28344C, 0xD8D8D4, 0xF0F0EC
  };

  static Look of(Dice dice, boolean wet) {
    boolean child = dice.chance(0.1);
    var lower = lower(dice);
    return new Look(
        child ? dice.between(1.0, 1.4) : dice.between(1.52, 1.95),
        dice.between(0.9, 1.4),
        dice.colour(SKINS),
        dice.colour(HAIRS),
        dice.chance(0.4),
        dice.chance(0.45) ? Colours.varied(dice, dice.colour(DULL), 0.3) : Colours.any(dice),
        dice.pick(Upper.values()),
        dice.chance(0.8) ? Colours.varied(dice, dice.colour(TROUSERS), 0.2) : Colours.any(dice),
        lower,
        dice.chance(0.7) ? 0x1E1C1C : Colours.any(dice),
        head(dice),
        Colours.any(dice),
        carried(dice, wet),
        Colours.any(dice));
  }

  private static Lower lower(Dice dice) {
    return switch (dice.weighted(62, 12, 13, 13)) {
      case 0 -> Lower.TROUSERS;
      case 1 -> Lower.SHORTS;
      case 2 -> Lower.SKIRT;
      default -> Lower.DRESS;
    };
  }

  private static Head head(Dice dice) {
    return switch (dice.weighted(70, 12, 10, 8)) {
      case 0 -> Head.BARE;
      case 1 -> Head.CAP;
      case 2 -> Head.HOOD;
      default -> Head.HAT;
    };
  }

  private static Carried carried(Dice dice, boolean wet) {
    return switch (dice.weighted(55, 18, 16, 6, wet ? 60 : 2)) {
      case 0 -> Carried.NOTHING;
      case 1 -> Carried.BACKPACK;
      case 2 -> Carried.BAG;
      case 3 -> Carried.SUITCASE;
      default -> Carried.UMBRELLA;
    };
  }

  /** The same person with a helmet or without, with free hands. */
  Look riding(boolean helmet) {
    return new Look(
        Math.max(1.5, height),
        girth,
        skin,
        hair,
        longHair,
        top,
        upper == Upper.COAT ? Upper.JACKET : upper,
        legs,
        lower == Lower.DRESS || lower == Lower.SKIRT ? Lower.TROUSERS : lower,
        shoes,
        helmet ? Head.HELMET : head,
        headColour,
        carried == Carried.BACKPACK ? Carried.BACKPACK : Carried.NOTHING,
        carriedColour);
  }

  int sleeves() {
    return upper == Upper.TEE ? skin : top;
  }

  int shins() {
    return lower == Lower.TROUSERS ? legs : skin;
  }

  int thighs() {
    return lower == Lower.TROUSERS || lower == Lower.SHORTS ? legs : skin;
  }
}
