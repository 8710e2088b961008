package io.vigil.testvideos.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vigil.testvideos.figure.Person;
import io.vigil.testvideos.render.Dice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CountingTest {

  private static final int WIDTH = 160;
  private static final int HEIGHT = 90;
  private static final int RATE = 8;
  private static final int FRAMES = 24;

  @Test
  void whoWalksOverALineIsCountedOnceAtTheExactTime() {
    var setting = Rooms.empty();
    setting.stripe("line", 0, -3, 0, 3);
    var person = Person.walking(new Dice(1), false);
    setting.actor(Kind.PERSON, person, Route.straight(-5, 1, 5, 1), 0, 2, 0.4);
    setting.actor(Kind.PERSON, person, Route.straight(5, -1, -5, -1), -1, 1, 0.4);
    setting.actor(Kind.PERSON, person, Route.straight(-5, 4, 5, 4), 0, 2, 0.4);
    var crossings = Rooms.scene(setting).crossings(0, 20, WIDTH, HEIGHT);

    assertThat(crossings).extracting(Crossing::track).containsExactly(1, 2);
    assertThat(crossings.get(0).seconds()).isCloseTo(2.5, within(1e-9));
    assertThat(crossings.get(1).seconds()).isCloseTo(6, within(1e-9));
    // from near to far the line goes up the screen, and x grows to the right
    assertThat(crossings.get(0).toRight()).isTrue();
    assertThat(crossings.get(1).toRight()).isFalse();
    assertThat(crossings.get(0).x()).isCloseTo(WIDTH / 2.0, within(1e-6));
  }

  private record Place(double x, double y) {}

  /** What a counter sees that is told the ground points of each frame. */
  private static Set<String> counted(List<Map<Integer, Place>> frames, List<CountingLine> lines) {
    var counted = new HashSet<String>();
    for (int i = 1; i < frames.size(); i++) {
      for (var entry : frames.get(i).entrySet()) {
        var before = frames.get(i - 1).get(entry.getKey());
        var after = entry.getValue();
        for (var line : lines) {
          if (before != null && over(line, before, after)) {
            boolean right = line.side(after.x, after.y) > 0;
            counted.add(line.name() + " " + entry.getKey() + " " + right + " " + i);
          }
        }
      }
    }
    return counted;
  }

  private static boolean over(CountingLine line, Place before, Place after) {
    var way = new CountingLine("", before.x, before.y, after.x, after.y);
    boolean changesSide = line.side(before.x, before.y) > 0 != line.side(after.x, after.y) > 0;
    boolean within =
        way.side(line.fromX(), line.fromY()) > 0 != way.side(line.toX(), line.toY()) > 0;
    return changesSide && within;
  }

  @ParameterizedTest
  @EnumSource(Viewpoint.class)
  void crossingsAreThoseOfTheTracks(Viewpoint viewpoint) {
    int found = 0;
    for (long seed = 1; seed <= 2; seed++) {
      var scene = Scenes.of(seed, viewpoint);
      var lines = scene.lines(WIDTH, HEIGHT);
      var frames = new ArrayList<Map<Integer, Place>>();
      for (int i = 0; i < FRAMES; i++) {
        var places = new HashMap<Integer, Place>();
        for (var annotation : scene.draw((double) i / RATE, WIDTH, HEIGHT).annotations()) {
          places.put(annotation.track(), new Place(annotation.groundX(), annotation.groundY()));
        }
        frames.add(places);
      }
      var told = new HashSet<String>();
      for (var crossing : scene.crossings(0, (FRAMES - 1.0) / RATE, WIDTH, HEIGHT)) {
        int frame = (int) Math.ceil(crossing.seconds() * RATE);
        if (frame > 0
            && frames.get(frame).containsKey(crossing.track())
            && frames.get(frame - 1).containsKey(crossing.track())) {
          told.add(
              crossing.line() + " " + crossing.track() + " " + crossing.toRight() + " " + frame);
        }
      }
      assertThat(counted(frames, lines)).isEqualTo(told);
      found += told.size();
    }
    assertThat(found).isPositive();
  }
}
