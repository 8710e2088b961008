package io.vigil.testvideos;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A street with traffic, as a function of time: the same picture for the same time and size. */
final class Street {

  /** Scene units. */
  static final int WIDTH = 768;

  static final int HEIGHT = 432;

  /** Less opaque than that, a pixel shows what is behind. */
  private static final int VISIBLE_ALPHA = 128;

  /** Slivers at the edge of the picture are not worth a box. */
  private static final int MIN_AREA = 60;

  private static final Color FAIR = new Color(236, 196, 168);
  private static final Color BROWN = new Color(142, 94, 66);
  private static final Color TAN = new Color(204, 154, 118);

  private final List<Actor> actors = farthestFirst();

  /** A picture and what can be seen in it. */
  record Frame(BufferedImage picture, List<Annotation> annotations) {}

  private static List<Actor> farthestFirst() {
    var bicycle = Cycling.bicycle(new Color(190, 44, 40));
    var rider = Cycling.rider(TAN, new Color(240, 196, 60), new Color(240, 240, 244));
    var actors =
        new ArrayList<>(
            List.of(
                new Actor(1, Category.PERSON, walker(FAIR, 70, 90, 130), 243, 640, -34, 0.62),
                new Actor(2, Category.PERSON, walker(BROWN, 150, 60, 70), 245, 150, 30, 0.64),
                new Actor(3, Category.PERSON, walker(TAN, 60, 120, 90), 246, 118, 30, 0.6),
                new Actor(4, Category.CAR, car(52, 92, 160), 300, 870, -128, 0.92),
                new Actor(5, Category.BUS, bus(192, 62, 44), 303, 1420, -112, 0.96),
                new Actor(6, Category.CAR, car(228, 226, 222), 301, 250, -150, 0.9),
                new Actor(7, Category.CAR, car(172, 34, 38), 358, -120, 138, 1.18),
                new Actor(8, Category.CAR, car(60, 66, 72), 360, -640, 150, 1.2),
                new Actor(9, Category.BICYCLE, bicycle, 377, 80, 62, 1.06),
                new Actor(10, Category.PERSON, rider, 377, 80, 62, 1.06),
                new Actor(11, Category.PERSON, walker(BROWN, 224, 128, 50), 418, 700, -44, 1.1),
                new Actor(12, Category.PERSON, walker(FAIR, 52, 56, 66), 424, 40, 50, 1.14)));
    actors.sort(Comparator.comparingDouble(Actor::ground));
    return List.copyOf(actors);
  }

  private static Actor.Figure car(int red, int green, int blue) {
    return Vehicle.car(new Color(red, green, blue));
  }

  private static Actor.Figure bus(int red, int green, int blue) {
    return Vehicle.bus(new Color(red, green, blue));
  }

  private static Actor.Figure walker(Color skin, int red, int green, int blue) {
    return new Walker(
        skin, new Color(52, 38, 30), new Color(red, green, blue), new Color(48, 52, 74));
  }

  /** The street at a time, in pixels. */
  Frame frame(double seconds, int width, int height) {
    var toPixels =
        AffineTransform.getScaleInstance((double) width / WIDTH, (double) height / HEIGHT);
    var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    paint(picture, toPixels, Backdrop::draw);
    paint(picture, toPixels, graphics -> shadows(graphics, seconds));
    var visible = new int[width * height];
    for (var actor : actors) {
      var layer = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
      paint(layer, toPixels, graphics -> actor.draw(graphics, seconds));
      picture.createGraphics().drawImage(layer, 0, 0, null);
      cover(visible, layer, actor.track());
    }
    return new Frame(picture, annotations(visible, width));
  }

  private interface Painter {
    void paint(Graphics2D graphics);
  }

  private static void paint(BufferedImage picture, AffineTransform toPixels, Painter painter) {
    var graphics = picture.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.transform(toPixels);
    painter.paint(graphics);
    graphics.dispose();
  }

  private void shadows(Graphics2D graphics, double seconds) {
    graphics.setPaint(new Color(0, 0, 0, 70));
    for (var actor : actors) {
      double half = actor.scale() * shadowHalfWidth(actor.category());
      double middle = actor.startX() + actor.speed() * seconds;
      double thickness = Math.min(12, 0.14 * half + 3);
      graphics.fill(
          new Ellipse2D.Double(middle - half, actor.ground() - thickness / 2, 2 * half, thickness));
    }
  }

  private static double shadowHalfWidth(Category category) {
    return switch (category) {
      case PERSON -> 16;
      case BICYCLE -> 44;
      case CAR -> 78;
      case BUS -> 134;
    };
  }

  private static void cover(int[] visible, BufferedImage layer, int track) {
    var pixels = ((DataBufferInt) layer.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < pixels.length; i++) {
      if (pixels[i] >>> 24 >= VISIBLE_ALPHA) {
        visible[i] = track;
      }
    }
  }

  private List<Annotation> annotations(int[] visible, int width) {
    var annotations = new ArrayList<Annotation>();
    for (var actor : actors) {
      var annotation = annotation(actor, visible, width);
      if (annotation.area() >= MIN_AREA) {
        annotations.add(annotation);
      }
    }
    annotations.sort(Comparator.comparingInt(Annotation::track));
    return annotations;
  }

  private static Annotation annotation(Actor actor, int[] visible, int width) {
    int left = width;
    int top = Integer.MAX_VALUE;
    int right = -1;
    int bottom = -1;
    int area = 0;
    for (int i = 0; i < visible.length; i++) {
      if (visible[i] == actor.track()) {
        left = Math.min(left, i % width);
        right = Math.max(right, i % width);
        top = Math.min(top, i / width);
        bottom = i / width;
        area++;
      }
    }
    return new Annotation(
        actor.category(), actor.track(), left, top, right - left + 1, bottom - top + 1, area);
  }
}
