package io.vigil.model.evaluate;

import io.vigil.model.evaluate.CocoData.Annotation;
import io.vigil.model.evaluate.CocoData.Category;
import io.vigil.model.evaluate.Thresholds.Area;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * COCO's detection metrics, as pycocotools computes them, its treatment of an object with the id 0
 * included.
 *
 * <pre>{@code
 * CocoMetrics metrics = CocoEvaluation.of(CocoData.read(annotations), detections);
 * }</pre>
 */
public final class CocoEvaluation {

  /** One category, range of areas, threshold and number of detections. */
  private record Cell(
      long category, Area area, int threshold, int detections, PrecisionRecall curve) {}

  private final List<Cell> cells = new ArrayList<>();
  private final CocoData data;

  private CocoEvaluation(CocoData data) {
    this.data = data;
  }

  /**
   * @throws IllegalArgumentException if a detection is of a picture that the data do not have
   */
  public static CocoMetrics of(CocoData data, List<ScoredBox> detections) {
    var images = data.images().stream().map(CocoData.Image::id).collect(Collectors.toSet());
    for (var detection : detections) {
      if (!images.contains(detection.imageId())) {
        throw new IllegalArgumentException(
            "A detection is of the picture %d, which the ground truth does not have."
                .formatted(detection.imageId()));
      }
    }
    var evaluation = new CocoEvaluation(data);
    Map<Long, Map<Long, List<Annotation>>> objects =
        data.annotations().stream()
            .collect(
                Collectors.groupingBy(
                    Annotation::categoryId, Collectors.groupingBy(Annotation::imageId)));
    Map<Long, Map<Long, List<ScoredBox>>> found =
        detections.stream()
            .collect(
                Collectors.groupingBy(
                    ScoredBox::categoryId, Collectors.groupingBy(ScoredBox::imageId)));
    for (var category : data.categories()) {
      evaluation.add(
          category,
          evaluation.boxes(
              objects.getOrDefault(category.id(), Map.of()),
              found.getOrDefault(category.id(), Map.of())));
    }
    return evaluation.metrics();
  }

  /** Of the pictures that have any, in their order. */
  private List<PictureBoxes> boxes(
      Map<Long, List<Annotation>> objects, Map<Long, List<ScoredBox>> found) {
    return data.images().stream()
        .map(CocoData.Image::id)
        .filter(image -> objects.containsKey(image) || found.containsKey(image))
        .map(
            image ->
                PictureBoxes.of(
                    found.getOrDefault(image, List.of()), objects.getOrDefault(image, List.of())))
        .toList();
  }

  private void add(Category category, List<PictureBoxes> boxes) {
    var orders =
        Arrays.stream(Thresholds.DETECTIONS)
            .mapToObj(most -> DetectionOrder.of(boxes, most))
            .toList();
    for (var area : Area.values()) {
      var matches = boxes.stream().map(picture -> PictureMatch.of(picture, area)).toList();
      int objects = matches.stream().mapToInt(PictureMatch::objects).sum();
      if (objects > 0) {
        add(category, area, matches, orders, objects);
      }
    }
  }

  private void add(
      Category category,
      Area area,
      List<PictureMatch> matches,
      List<DetectionOrder> orders,
      int objects) {
    for (int threshold = 0; threshold < Thresholds.IOU.length; threshold++) {
      for (int i = 0; i < orders.size(); i++) {
        var curve = PrecisionRecall.of(matches, orders.get(i), threshold, objects);
        int most = Thresholds.DETECTIONS[i];
        cells.add(new Cell(category.id(), area, threshold, most, curve));
      }
    }
  }

  private CocoMetrics metrics() {
    var ap = new EnumMap<Area, Double>(Area.class);
    var ar = new EnumMap<Area, Double>(Area.class);
    for (var area : Area.values()) {
      ap.put(area, precision(cell -> cell.area == area));
      ar.put(area, recall(cell -> cell.area == area, Thresholds.MOST_DETECTIONS));
    }
    var byIou = new ArrayList<Double>();
    for (int i = 0; i < Thresholds.IOU.length; i++) {
      int threshold = i;
      byIou.add(precision(cell -> cell.area == Area.ALL && cell.threshold == threshold));
    }
    var apByCategory = new TreeMap<Long, Double>();
    var recallByCategory = new TreeMap<Long, Double>();
    for (var category : data.categories()) {
      Predicate<Cell> its = cell -> cell.area == Area.ALL && cell.category == category.id();
      apByCategory.put(category.id(), precision(its));
      recallByCategory.put(category.id(), recall(its, Thresholds.MOST_DETECTIONS));
    }
    return new CocoMetrics(
        ap.get(Area.ALL),
        byIou.get(Thresholds.AT_50),
        byIou.get(Thresholds.AT_75),
        ap.get(Area.SMALL),
        ap.get(Area.MEDIUM),
        ap.get(Area.LARGE),
        recall(cell -> cell.area == Area.ALL, 1),
        recall(cell -> cell.area == Area.ALL, 10),
        ar.get(Area.ALL),
        ar.get(Area.SMALL),
        ar.get(Area.MEDIUM),
        ar.get(Area.LARGE),
        List.copyOf(byIou),
        apByCategory,
        recallByCategory);
  }

  private double precision(Predicate<Cell> which) {
    return mean(
        cells.stream()
            .filter(cell -> cell.detections == Thresholds.MOST_DETECTIONS)
            .filter(which)
            .flatMapToDouble(cell -> DoubleStream.of(cell.curve.precision())));
  }

  private double recall(Predicate<Cell> which, int detections) {
    return mean(
        cells.stream()
            .filter(cell -> cell.detections == detections)
            .filter(which)
            .mapToDouble(cell -> cell.curve.recall()));
  }

  private static double mean(DoubleStream values) {
    return values.average().orElse(-1);
  }
}
