package io.vigil.testvideos;

/** What is drawn, with its COCO id. */
enum Category {
  PERSON(1, "person"),
  BICYCLE(2, "bicycle"),
  CAR(3, "car"),
  BUS(6, "bus");

  final int id;
  final String label;

  Category(int id, String label) {
    this.id = id;
    this.label = label;
  }
}
