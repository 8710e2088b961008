package io.vigil.testvideos.scene;

import io.vigil.testvideos.render.Camera;
import io.vigil.testvideos.render.Canvas;
import io.vigil.testvideos.render.Dice;
import io.vigil.testvideos.render.Lens;
import io.vigil.testvideos.render.Light;
import io.vigil.testvideos.render.Painter;
import io.vigil.testvideos.render.View;
import java.util.ArrayList;
import java.util.List;

/**
 * A place with its traffic, as a function of time: the same frame for the same time and size. It
 * keeps what stands still from one frame to the next, so one thread at a time may use it.
 */
public final class Scene {

  /** How long a scene has traffic, seconds. */
  public static final double DURATION = Traffic.HORIZON;

  private static final int MOST_OBJECTS = Short.MAX_VALUE - Canvas.FIRST_OBJECT;

  private final long seed;
  private final Viewpoint viewpoint;
  private final Camera camera;
  private final List<Setting.Patch> patches;
  private final List<Setting.Placed> props;
  private final List<Setting.Stripe> stripes;
  private final List<Actor> actors;
  private final Conditions conditions;
  private final Light light;
  private Stage stage;

  Scene(long seed, Viewpoint viewpoint, Setting setting, Conditions conditions) {
    this.seed = seed;
    this.viewpoint = viewpoint;
    camera = setting.camera;
    patches = List.copyOf(setting.patches);
    props = List.copyOf(setting.props);
    stripes = List.copyOf(setting.stripes);
    actors = List.copyOf(setting.actors);
    this.conditions = conditions;
    light = conditions.lit(List.copyOf(setting.lamps));
    if (actors.size() > MOST_OBJECTS) {
      throw new IllegalStateException(actors.size() + " actors, and at most " + MOST_OBJECTS);
    }
  }

  public long seed() {
    return seed;
  }

  public Viewpoint viewpoint() {
    return viewpoint;
  }

  public List<Actor> actors() {
    return actors;
  }

  Camera camera() {
    return camera;
  }

  Light light() {
    return light;
  }

  List<Setting.Patch> patches() {
    return patches;
  }

  List<Setting.Placed> props() {
    return props;
  }

  Conditions conditions() {
    return conditions;
  }

  /**
   * @param seconds 0 to {@link #DURATION}
   * @param width pixels, at least 16
   */
  public Frame draw(double seconds, int width, int height) {
    if (seconds < 0 || seconds > DURATION) {
      throw new IllegalArgumentException(
          "time " + seconds + " s: a scene lasts from 0 to " + DURATION + " s");
    }
    if (width < 16 || height < 16) {
      throw new IllegalArgumentException(
          "size " + width + "x" + height + ": a frame is at least 16x16");
    }
    if (stage == null || !stage.fits(width, height)) {
      stage = new Stage(this, width, height);
    }
    return stage.draw(seconds);
  }

  /** One or two lines to count at, in pixels of a frame of this size; none if none is in view. */
  public List<CountingLine> lines(int width, int height) {
    return counting(width, height).lines();
  }

  /**
   * Who goes over the lines within a frame of this size, in order of time.
   *
   * @param to seconds, not included
   */
  public List<Crossing> crossings(double from, double to, int width, int height) {
    return counting(width, height).crossings(actors, from, to);
  }

  private Counting counting(int width, int height) {
    return new Counting(stripes, view(width, height), width, height);
  }

  /** Differs from frame to frame. */
  long grain(double seconds) {
    return Dice.mix(seed + Dice.mix(Double.doubleToLongBits(seconds)));
  }

  /** In order of their tracks. */
  List<Actor> presentAt(double seconds) {
    var present = new ArrayList<Actor>();
    for (var actor : actors) {
      if (actor.presentAt(seconds)) {
        present.add(actor);
      }
    }
    return present;
  }

  /** The projection without shake, onto a picture's pixels. */
  View view(int width, int height) {
    return new View(camera, width, 0.5 * width, 0.5 * height);
  }

  static int samples(int pixels) {
    return pixels * Lens.SAMPLES;
  }

  static void draw(Painter painter, Actor actor, double seconds, short owner) {
    painter.begin(owner, actor.xAt(seconds), actor.yAt(seconds), actor.headingAt(seconds), 1);
    actor.figure().draw(painter, Math.max(0, actor.speed() * seconds));
  }
}
