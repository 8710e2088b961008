package io.vigil.testvideos.scene;

import io.vigil.testvideos.render.Canvas;
import io.vigil.testvideos.render.Dice;
import io.vigil.testvideos.render.Lens;
import io.vigil.testvideos.render.Painter;
import io.vigil.testvideos.render.Silhouette;
import io.vigil.testvideos.render.View;
import java.util.ArrayList;
import java.util.List;

/** Draws a scene at one size: once what stands still, and into a copy of it what moves. */
final class Stage {

  /** Farther than that from an object, metres, its shadow and headlights are not missed. */
  private static final double SHADOW_REACH = 9;

  private final Scene scene;
  private final int width;
  private final int height;
  private final int margin;
  private final Canvas still;
  private final Canvas canvas;
  private final List<Painter.Glow> stillGlows = new ArrayList<>();

  private record Drawn(Actor actor, short owner, Silhouette silhouette) {}

  Stage(Scene scene, int width, int height) {
    this.scene = scene;
    this.width = width;
    this.height = height;
    margin = (int) Math.ceil(3 * scene.conditions().shake() * Scene.samples(width));
    canvas = new Canvas(Scene.samples(width), Scene.samples(height));
    still = new Canvas(Scene.samples(width) + 2 * margin, Scene.samples(height) + 2 * margin);
    drawStill();
  }

  boolean fits(int otherWidth, int otherHeight) {
    return width == otherWidth && height == otherHeight;
  }

  private View view(int shiftX, int shiftY) {
    return new View(scene.camera(), Scene.samples(width), width + shiftX, height + shiftY);
  }

  private void drawStill() {
    var view = view(margin, margin);
    var painter = new Painter(still, view, scene.light());
    scene.conditions().sky().sky(still, view);
    painter.begin(Canvas.GROUND, 0, 0, 0, 1);
    for (var patch : scene.patches()) {
      painter.floor(patch.texture().ordinal(), patch.rgb(), patch.corners());
    }
    scene.conditions().sky().ground(still, view, scene.light());
    for (var prop : scene.props()) {
      painter.begin(Canvas.SCENERY, prop.x(), prop.y(), prop.heading(), 1);
      prop.figure().draw(painter, 0);
    }
    stillGlows.addAll(painter.glows());
  }

  Frame draw(double seconds) {
    var dice = new Dice(scene.grain(seconds) ^ 0x73686B65L);
    int shakeX = shake(dice);
    int shakeY = shake(dice);
    canvas.copy(still, margin - shakeX, margin - shakeY);
    var view = view(shakeX, shakeY);
    var painter = new Painter(canvas, view, scene.light());
    var drawn = new ArrayList<Drawn>();
    for (var actor : scene.presentAt(seconds)) {
      double reach = actor.length() / 2 + SHADOW_REACH;
      if (!view.near(actor.xAt(seconds), actor.yAt(seconds), reach, canvas)) {
        continue;
      }
      short owner = (short) (Canvas.FIRST_OBJECT + drawn.size());
      Scene.draw(painter, actor, seconds, owner);
      drawn.add(new Drawn(actor, owner, painter.end()));
    }
    var glows = new ArrayList<>(painter.glows());
    for (var glow : stillGlows) {
      glows.add(glow.moved(shakeX - margin, shakeY - margin));
    }
    var picture =
        scene.conditions().lens().picture(canvas, scene.light(), glows, scene.grain(seconds));
    return new Frame(picture, annotations(drawn, seconds));
  }

  private int shake(Dice dice) {
    double sum = dice.between(-1, 1) + dice.between(-1, 1) + dice.between(-1, 1);
    return (int) Math.round(sum / 3 * margin);
  }

  private List<Annotation> annotations(List<Drawn> drawn, double seconds) {
    var seen = canvas.seen(drawn.size());
    var view = scene.view(width, height);
    var annotations = new ArrayList<Annotation>();
    for (int i = 0; i < drawn.size(); i++) {
      if (seen[i].samples() > 0) {
        annotations.add(annotation(drawn.get(i), seen[i], view, seconds));
      }
    }
    return List.copyOf(annotations);
  }

  private Annotation annotation(Drawn drawn, Canvas.Seen seen, View view, double seconds) {
    double pixel = Lens.SAMPLES;
    var box =
        new Box(
            seen.left() / pixel,
            seen.top() / pixel,
            (seen.right() - seen.left()) / pixel,
            (seen.bottom() - seen.top()) / pixel);
    var silhouette = drawn.silhouette;
    double visibility = (double) seen.samples() / silhouette.samples();
    double inside = silhouette.inside(Scene.samples(width), Scene.samples(height));
    var actor = drawn.actor;
    double x = actor.xAt(seconds);
    double y = actor.yAt(seconds);
    return new Annotation(
        actor.track(),
        actor.kind(),
        box,
        full(silhouette),
        seen.samples() / (pixel * pixel),
        visibility,
        inside,
        view.column(x, y, 0),
        view.row(x, y, 0),
        Annotation.ignores(box, visibility, inside));
  }

  private Box full(Silhouette silhouette) {
    double left = Math.max(0, silhouette.left() / Lens.SAMPLES);
    double top = Math.max(0, silhouette.top() / Lens.SAMPLES);
    return new Box(
        left,
        top,
        Math.min(width, silhouette.right() / Lens.SAMPLES) - left,
        Math.min(height, silhouette.bottom() / Lens.SAMPLES) - top);
  }
}
