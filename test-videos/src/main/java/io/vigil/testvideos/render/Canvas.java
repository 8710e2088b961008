package io.vigil.testvideos.render;

import java.util.Arrays;

/** What is seen at each of a grid of samples, finer than the picture's pixels. */
public final class Canvas {

  /** The ground: takes shadows and light. */
  public static final short GROUND = 0;

  /** What is neither ground nor annotated. */
  public static final short SCENERY = 1;

  /** Owners from here on are annotated objects. */
  public static final short FIRST_OBJECT = 2;

  final int width;
  final int height;

  /** 0xRRGGBB; on the ground, the highest byte is its texture. */
  final int[] colour;

  /** One over the distance in metres, 0 for the sky. */
  final float[] nearness;

  final short[] owner;

  /** Of {@link #cast}: no sun comes here. */
  static final byte SHADOW = (byte) 0x80;

  /** Of {@link #cast}: how much headlights lighten this. */
  static final byte LIGHT = 0x7F;

  /** What falls on the ground here, whatever is seen before it. */
  final byte[] cast;

  /** Who last drew here, seen or hidden: to count each object's whole silhouette. */
  final short[] stamp;

  public Canvas(int width, int height) {
    this.width = width;
    this.height = height;
    int size = width * height;
    colour = new int[size];
    nearness = new float[size];
    owner = new short[size];
    cast = new byte[size];
    stamp = new short[size];
  }

  /** Takes over what a larger canvas shows. */
  public void copy(Canvas from, int left, int top) {
    for (int row = 0; row < height; row++) {
      int source = (row + top) * from.width + left;
      int target = row * width;
      System.arraycopy(from.colour, source, colour, target, width);
      System.arraycopy(from.nearness, source, nearness, target, width);
      System.arraycopy(from.owner, source, owner, target, width);
      System.arraycopy(from.cast, source, cast, target, width);
    }
    Arrays.fill(stamp, (short) 0);
  }

  /**
   * What is seen of an object: how many samples, and the edges around them.
   *
   * @param right edge, behind the last sample
   */
  public record Seen(int samples, int left, int top, int right, int bottom) {}

  /** Of the first so many objects, by their numbers. */
  public Seen[] seen(int objects) {
    var samples = new int[objects];
    var left = new int[objects];
    var top = new int[objects];
    var right = new int[objects];
    var bottom = new int[objects];
    Arrays.fill(left, width);
    Arrays.fill(top, height);
    for (int row = 0; row < height; row++) {
      int end = (row + 1) * width;
      for (int i = row * width; i < end; ) {
        short here = owner[i];
        int start = i;
        do {
          i++;
        } while (i < end && owner[i] == here);
        int object = here - FIRST_OBJECT;
        if (object >= 0) {
          samples[object] += i - start;
          left[object] = Math.min(left[object], start - end + width);
          right[object] = Math.max(right[object], i - end + width);
          top[object] = Math.min(top[object], row);
          bottom[object] = row + 1;
        }
      }
    }
    var seen = new Seen[objects];
    for (int n = 0; n < objects; n++) {
      seen[n] = new Seen(samples[n], left[n], top[n], right[n], bottom[n]);
    }
    return seen;
  }
}
