package io.vigil.testvideos.scene;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A picture and what can be seen in it.
 *
 * @param picture TYPE_INT_RGB
 * @param annotations in the order of their tracks
 */
public record Frame(BufferedImage picture, List<Annotation> annotations) {}
