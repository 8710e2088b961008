package io.vigil.testvideos.scene;

import io.vigil.testvideos.figure.Bus;
import io.vigil.testvideos.figure.Car;
import io.vigil.testvideos.figure.Cycle;
import io.vigil.testvideos.figure.Person;
import io.vigil.testvideos.figure.Truck;
import io.vigil.testvideos.render.Dice;
import io.vigil.testvideos.render.Figure;
import java.util.ArrayList;

/** Lets actors go along routes, for as long as a scene lasts. */
final class Traffic {

  /** How long a scene has traffic, seconds. */
  static final double HORIZON = 60;

  /** Times the gaps that layouts ask for: a small detector can learn what is mostly seen whole. */
  private static final double CALM = 1.3;

  private static final double BICYCLE_LENGTH = 1.8;

  private final Setting setting;
  private final Dice dice;

  Traffic(Setting setting) {
    this.setting = setting;
    this.dice = setting.dice;
  }

  private record Vehicle(Kind kind, Figure figure, double length) {}

  private Vehicle vehicle(double cars, double buses, double trucks) {
    return switch (dice.weighted(cars, buses, trucks)) {
      case 0 -> {
        var car = new Car(dice, false);
        yield new Vehicle(Kind.CAR, car, car.length());
      }
      case 1 -> {
        var bus = new Bus(dice);
        yield new Vehicle(Kind.BUS, bus, bus.length());
      }
      default -> {
        var truck = new Truck(dice);
        yield new Vehicle(Kind.TRUCK, truck, truck.length());
      }
    };
  }

  /** Vehicles behind each other at one speed. */
  void lane(Route route, double speed, double gap) {
    double front = route.length() - dice.between(0, gap);
    while (front > -speed * HORIZON) {
      var vehicle = vehicle(0.52, 0.23, 0.25);
      add(vehicle, route, front - vehicle.length / 2, speed);
      front -= vehicle.length + CALM * gap * dice.between(0.35, 1.8) + 1.5;
    }
  }

  /** Vehicles that wait behind each other, the first at the route's end. */
  void queue(Route route, double share) {
    double front = route.length();
    double back = route.length() * (1 - share);
    while (front > back) {
      var vehicle = vehicle(0.6, 0.2, 0.2);
      add(vehicle, route, front - vehicle.length / 2, 0);
      front -= vehicle.length + dice.between(1, 3);
    }
  }

  private void add(Vehicle vehicle, Route route, double start, double speed) {
    setting.actor(vehicle.kind, vehicle.figure, route, start, speed, vehicle.length);
  }

  void vehicle(Route route, double start, double speed) {
    add(vehicle(0.55, 0.2, 0.25), route, start, speed);
  }

  void parkedCar(double x, double y, double heading) {
    var car = new Car(dice, true);
    setting.actor(Kind.CAR, car, at(x, y, heading), 0, 0, car.length());
  }

  void parkedTruck(double x, double y, double heading) {
    var truck = new Truck(dice);
    setting.actor(Kind.TRUCK, truck, at(x, y, heading), 0, 0, truck.length());
  }

  void parkedBus(double x, double y, double heading) {
    var bus = new Bus(dice);
    setting.actor(Kind.BUS, bus, at(x, y, heading), 0, 0, bus.length());
  }

  void parkedBicycle(double x, double y, double heading) {
    var bicycle = new Cycle(dice).parked();
    setting.actor(Kind.BICYCLE, bicycle, at(x, y, heading), 0, 0, BICYCLE_LENGTH);
  }

  void standing(double x, double y, double heading) {
    setting.actor(Kind.PERSON, Person.standing(dice, setting.wet), at(x, y, heading), 0, 0, 0.4);
  }

  void sitting(double x, double y, double heading) {
    setting.actor(Kind.PERSON, Person.sitting(dice), at(x, y, heading), 0, 0, 0.4);
  }

  private static Route at(double x, double y, double heading) {
    return Route.straight(x, y, x + StrictMath.cos(heading), y + StrictMath.sin(heading));
  }

  /** People of their own speeds, one every so many seconds. */
  void walkers(RouteMaker routes, double seconds) {
    double time = -HORIZON;
    while (time < HORIZON) {
      var route = routes.make();
      double speed = dice.between(0.9, 1.7);
      walker(route, -speed * time, speed);
      if (dice.chance(0.25)) {
        walker(
            shifted(route, dice.between(0.5, 0.75)),
            -speed * time - dice.between(-0.3, 0.3),
            speed);
      }
      time += CALM * seconds * dice.between(0.2, 1.8);
    }
  }

  private void walker(Route route, double start, double speed) {
    if (start < route.length()) {
      setting.actor(Kind.PERSON, Person.walking(dice, setting.wet), route, start, speed, 0.4);
    }
  }

  private static Route shifted(Route route, double aside) {
    double heading = route.headingAt(0, 0.1) + Math.PI / 2;
    double dx = aside * StrictMath.cos(heading);
    double dy = aside * StrictMath.sin(heading);
    var points = new ArrayList<double[]>();
    for (int i = 0; i < route.corners(); i++) {
      points.add(new double[] {route.cornerX(i) + dx, route.cornerY(i) + dy});
    }
    return Route.through(points);
  }

  /** Bicycles with their riders. */
  void cyclists(RouteMaker routes, double seconds) {
    double time = -HORIZON;
    while (time < HORIZON) {
      double speed = dice.between(3, 6);
      cyclist(routes.make(), -speed * time, speed);
      time += seconds * dice.between(0.2, 1.8);
    }
  }

  /** A bicycle and its rider: two actors at one place. */
  void cyclist(Route route, double start, double speed) {
    if (start < route.length()) {
      var cycle = new Cycle(dice);
      setting.actor(Kind.BICYCLE, cycle.bicycle(), route, start, speed, BICYCLE_LENGTH);
      setting.actor(Kind.PERSON, cycle.rider(dice), route, start, speed, BICYCLE_LENGTH);
    }
  }

  /** A route for the next one to come. */
  interface RouteMaker {
    Route make();
  }
}
