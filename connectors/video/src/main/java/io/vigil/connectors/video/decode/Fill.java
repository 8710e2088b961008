package io.vigil.connectors.video.decode;

import java.io.Serializable;
import org.bytedeco.javacpp.BytePointer;

/** The colour right of and below the picture, each 0 to 255. */
public record Fill(int red, int green, int blue) implements Serializable {

  public static final Fill BLACK = new Fill(0, 0, 0);

  private static final int MAX = 255;

  public Fill {
    if (red < 0 || red > MAX || green < 0 || green > MAX || blue < 0 || blue > MAX) {
      throw new IllegalArgumentException(
          "fill (" + red + ", " + green + ", " + blue + "): each must be 0 to 255");
    }
  }

  void over(BytePointer rgb) {
    var pixels = new byte[Math.toIntExact(rgb.capacity())];
    for (int i = 0; i < pixels.length; i += 3) {
      pixels[i] = (byte) red;
      pixels[i + 1] = (byte) green;
      pixels[i + 2] = (byte) blue;
    }
    rgb.put(pixels);
  }
}
