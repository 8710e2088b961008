package io.vigil.testvideos.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vigil.testvideos.figure.Bus;
import io.vigil.testvideos.figure.Car;
import io.vigil.testvideos.figure.Cycle;
import io.vigil.testvideos.figure.Person;
import io.vigil.testvideos.figure.Truck;
import io.vigil.testvideos.render.Dice;
import io.vigil.testvideos.render.Figure;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BoxTest {

  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;

  private static Figure figure(Kind kind, Dice dice) {
    return switch (kind) {
      case PERSON -> Person.walking(dice, true);
      case BICYCLE -> new Cycle(dice).bicycle();
      case CAR -> new Car(dice, true);
      case BUS -> new Bus(dice);
      case TRUCK -> new Truck(dice);
    };
  }

  private static Frame draw(Setting setting) {
    return Rooms.scene(setting).draw(1, WIDTH, HEIGHT);
  }

  /** The edges of all pixels that are not as in the empty picture. */
  private static List<Integer> changed(BufferedImage picture, BufferedImage empty) {
    int left = WIDTH;
    int top = HEIGHT;
    int right = 0;
    int bottom = 0;
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        if (picture.getRGB(x, y) != empty.getRGB(x, y)) {
          left = Math.min(left, x);
          right = Math.max(right, x + 1);
          top = Math.min(top, y);
          bottom = y + 1;
        }
      }
    }
    return List.of(left, top, right, bottom);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aBoxEndsWhereTheObjectEnds(Kind kind) {
    var empty = draw(Rooms.empty()).picture();
    var dice = new Dice(kind.id());
    for (int i = 0; i < 6; i++) {
      var setting = Rooms.empty();
      double x = dice.between(-4, 4);
      Rooms.stand(setting, kind, figure(kind, dice), x, dice.between(-2, 9), dice.between(0, 6));
      var frame = draw(setting);
      var box = frame.annotations().get(0).box();
      var edges =
          List.of(
              (int) Math.floor(box.x()),
              (int) Math.floor(box.y()),
              (int) Math.ceil(box.right()),
              (int) Math.ceil(box.bottom()));
      assertThat(edges).isEqualTo(changed(frame.picture(), empty));
      assertThat(frame.annotations().get(0).visibility()).isEqualTo(1);
    }
  }

  @Test
  void theFullBoxIsTheBoxWhenNothingHidesTheObject() {
    var setting = Rooms.empty();
    Rooms.stand(setting, Kind.CAR, new Car(new Dice(3), true), 0, 0, 0.5);
    var alone = draw(setting).annotations().get(0);
    assertThat(alone.full().x()).isCloseTo(alone.box().x(), within(0.6));
    assertThat(alone.full().bottom()).isCloseTo(alone.box().bottom(), within(0.6));
    assertThat(alone.inside()).isCloseTo(1, within(1e-9));

    Rooms.stand(setting, Kind.BUS, new Bus(new Dice(4)), 5, -3, 0);
    var hidden = draw(setting).annotations().get(0);
    assertThat(hidden.full()).isEqualTo(alone.full());
    assertThat(hidden.box().width()).isLessThan(alone.box().width() - 10);
  }

  @Test
  void visibilityIsTheSeenShareOfTheSilhouette() {
    var setting = Rooms.empty();
    Rooms.stand(setting, Kind.TRUCK, new Truck(new Dice(3)), 0, 3, 0);
    double whole = draw(setting).annotations().get(0).area();
    for (double x = -3; x <= 3; x += 1) {
      var covered = Rooms.empty();
      Rooms.stand(covered, Kind.TRUCK, new Truck(new Dice(3)), 0, 3, 0);
      Rooms.stand(covered, Kind.CAR, new Car(new Dice(8), true), x, 0, 0);
      var truck = draw(covered).annotations().get(0);
      assertThat(truck.visibility()).isCloseTo(truck.area() / whole, within(1e-12)).isLessThan(1);
      assertThat(truck.ignored()).isFalse();
    }
  }

  @Test
  void whatIsHiddenMostlyIsIgnoredAndWhatIsHiddenWhollyIsLeftOut() {
    var kept = 0;
    var ignored = 0;
    var gone = 0;
    for (double x = -4; x <= 0; x += 0.125) {
      var setting = Rooms.empty();
      Rooms.stand(setting, Kind.BUS, new Bus(new Dice(4)), 4, -1, 0);
      Rooms.stand(setting, Kind.PERSON, Person.standing(new Dice(5), false), x, 2, 1);
      var person =
          draw(setting).annotations().stream()
              .filter(annotation -> annotation.kind() == Kind.PERSON)
              .findFirst();
      if (person.isEmpty()) {
        gone++;
      } else if (person.get().ignored()) {
        assertThat(person.get().visibility()).isLessThan(Annotation.MIN_VISIBILITY);
        ignored++;
      } else {
        assertThat(person.get().visibility()).isGreaterThanOrEqualTo(Annotation.MIN_VISIBILITY);
        kept++;
      }
    }
    assertThat(kept).isPositive();
    assertThat(ignored).isPositive();
    assertThat(gone).isGreaterThan(5);
  }

  @Test
  void whatTheFrameCutsOffIsTold() {
    var setting = Rooms.empty();
    for (double x = 4; x < 14; x += 1) {
      Rooms.stand(setting, Kind.CAR, new Car(new Dice(8), true), x, 0, Math.PI / 2);
      var cars = draw(setting).annotations();
      if (cars.size() < setting.actors.size()) {
        break;
      }
      var last = cars.get(cars.size() - 1);
      boolean whole = last.full().right() < WIDTH - 1;
      assertThat(last.inside() > 0.999).isEqualTo(whole);
      if (last.inside() < Annotation.MIN_INSIDE) {
        assertThat(last.ignored()).isTrue();
      }
    }
    assertThat(draw(setting).annotations()).anyMatch(car -> car.inside() < 0.9);
  }
}
