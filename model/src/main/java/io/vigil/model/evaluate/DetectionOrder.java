package io.vigil.model.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One category's detections of all pictures by falling score; the same for every threshold and
 * range of areas.
 *
 * @param pictures of each detection
 * @param places of each detection in its picture
 */
record DetectionOrder(int[] pictures, int[] places) {

  /**
   * @param most detections of each picture
   */
  static DetectionOrder of(List<PictureBoxes> boxes, int most) {
    int count = boxes.stream().mapToInt(picture -> taken(picture, most)).sum();
    var scores = new double[count];
    var pictures = new int[count];
    var places = new int[count];
    int at = 0;
    for (int picture = 0; picture < boxes.size(); picture++) {
      for (int place = 0; place < taken(boxes.get(picture), most); place++) {
        scores[at] = boxes.get(picture).detections().get(place).score();
        pictures[at] = picture;
        places[at++] = place;
      }
    }
    // Stable: of equal scores those of the first picture come first.
    var order =
        IntStream.range(0, count)
            .boxed()
            .sorted((a, b) -> Double.compare(scores[b], scores[a]))
            .mapToInt(Integer::intValue)
            .toArray();
    return new DetectionOrder(
        Arrays.stream(order).map(i -> pictures[i]).toArray(),
        Arrays.stream(order).map(i -> places[i]).toArray());
  }

  private static int taken(PictureBoxes boxes, int most) {
    return Math.min(most, boxes.detections().size());
  }

  int count() {
    return pictures.length;
  }
}
