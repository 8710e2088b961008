package io.vigil.pipeline.train;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** A small COCO data set in a folder, of which single lines can be spoiled. */
public final class DrawnSet {
  public static final String SPLIT = "train2017";

  private final Path folder;
  private final List<String> images = new ArrayList<>();
  private final List<String> annotations = new ArrayList<>();
  private String categories = "{\"id\": 3, \"name\": \"car\"}, {\"id\": 1, \"name\": \"person\"}";

  public DrawnSet(Path folder) {
    this.folder = folder;
  }

  /** Pictures of 160 x 120 with a wide or a tall rectangle each. */
  public static DrawnSet of(Path folder, int pictures) throws IOException {
    var set = new DrawnSet(folder);
    for (var i = 1; i <= pictures; i++) {
      var wide = i % 2 == 0;
      set.picture(i, wide ? 40 : 70, wide ? 60 : 20, wide ? 60 : 20, wide ? 20 : 60);
      set.annotation(
          i,
          i,
          wide ? 3 : 1,
          "[%d, %d, %d, %d]"
              .formatted(wide ? 40 : 70, wide ? 60 : 20, wide ? 60 : 20, wide ? 20 : 60));
    }
    set.write();
    return set;
  }

  public Path folder() {
    return folder;
  }

  public Path file(int id) {
    return folder.resolve(SPLIT).resolve(id + ".png");
  }

  DrawnSet picture(int id, int x, int y, int width, int height) throws IOException {
    var picture = new BufferedImage(160, 120, BufferedImage.TYPE_INT_RGB);
    var graphics = picture.createGraphics();
    graphics.setColor(new Color(60, 80, 100 + id));
    graphics.fillRect(0, 0, 160, 120);
    graphics.setColor(Color.ORANGE);
    graphics.fillRect(x, y, width, height);
    graphics.dispose();
    Files.createDirectories(folder.resolve(SPLIT));
    ImageIO.write(picture, "png", file(id).toFile());
    return image(id, 160, 120);
  }

  DrawnSet image(int id, int width, int height) {
    images.add(
        "{\"id\": %d, \"file_name\": \"%d.png\", \"width\": %d, \"height\": %d}"
            .formatted(id, id, width, height));
    return this;
  }

  DrawnSet annotation(int id, int image, int category, String box) {
    annotations.add(
        "{\"id\": %d, \"image_id\": %d, \"category_id\": %d, \"bbox\": %s, \"area\": 100, \"iscrowd\": 0}"
            .formatted(id, image, category, box));
    return this;
  }

  DrawnSet crowd(int id, int image, String box) {
    annotations.add(
        "{\"id\": %d, \"image_id\": %d, \"category_id\": 1, \"bbox\": %s, \"area\": 1, \"iscrowd\": 1}"
            .formatted(id, image, box));
    return this;
  }

  DrawnSet categories(String json) {
    categories = json;
    return this;
  }

  DrawnSet write() throws IOException {
    Files.createDirectories(folder.resolve("annotations"));
    Files.writeString(
        folder.resolve("annotations/instances_" + SPLIT + ".json"),
        "{\"images\": [%s], \"annotations\": [%s], \"categories\": [%s]}"
            .formatted(String.join(", ", images), String.join(", ", annotations), categories));
    return this;
  }
}
