package io.vigil.testvideos;

import java.awt.Graphics2D;

/**
 * Something that moves along the street at a constant speed.
 *
 * @param track number of the actor, the same in every frame
 * @param ground y of its feet or wheels, in scene units; what is lower is nearer
 * @param startX of its middle at time 0
 * @param speed scene units a second; to the left if negative
 * @param scale of its figure
 */
record Actor(
    int track,
    Category category,
    Figure figure,
    double ground,
    double startX,
    double speed,
    double scale) {

  /** Draws a figure that faces right, its middle at x 0, standing on y 0. */
  interface Figure {

    /**
     * @param travelled distance in the figure's own units; turns wheels and moves legs
     */
    void draw(Graphics2D graphics, double travelled);
  }

  void draw(Graphics2D graphics, double seconds) {
    var own = (Graphics2D) graphics.create();
    own.translate(startX + speed * seconds, ground);
    own.scale(speed < 0 ? -scale : scale, scale);
    figure.draw(own, Math.abs(speed) * seconds / scale);
    own.dispose();
  }
}
