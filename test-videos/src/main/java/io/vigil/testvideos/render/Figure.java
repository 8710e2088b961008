package io.vigil.testvideos.render;

/** Something that can be drawn, in metres; {@link Painter} says with which axes. */
public interface Figure {

  /**
   * @param travelled metres since its beginning; turns wheels and moves legs
   */
  void draw(Painter painter, double travelled);
}
