package io.vigil.testvideos.scene;

/** What is annotated, with COCO's ids and names. */
public enum Kind {
  PERSON(1, "person"),
  BICYCLE(2, "bicycle"),
  CAR(3, "car"),
  BUS(6, "bus"),
  TRUCK(8, "truck");

  private final int id;
  private final String label;

  Kind(int id, String label) {
    this.id = id;
    this.label = label;
  }

  public int id() {
    return id;
  }

  public String label() {
    return label;
  }
}
