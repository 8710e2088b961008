package io.vigil.pipeline.report;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.vigil.events.FrameEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * COCO's results format: image_id, category_id, bbox [x, y, width, height], score. Frames have no
 * COCO image ids, so they are numbered from 1, and a second file says which frame has which id, in
 * the form of COCO's annotation files.
 */
final class CocoResults implements ResultWriter {
  private final OutputFile results;
  private final OutputFile images;
  private final Map<Integer, String> categories = new TreeMap<>();
  private long imageId;
  private boolean anyResult;

  CocoResults(Path out) {
    results = OutputFile.at(out.resolve("coco-results.json"));
    images = OutputFile.at(out.resolve("coco-images.json"));
    results.print("[");
    images.print("{\"images\":[");
  }

  @Override
  public void write(FrameEvent event) {
    images.print(imageId == 0 ? "\n" : ",\n");
    imageId++;
    images.print(
        text(
            "{\"id\":%d,\"file_name\":\"%s#%d\",\"width\":%d,\"height\":%d,\"seq\":%d,\"seconds\":%s}",
            imageId,
            escaped(event.streamId()),
            event.seq(),
            event.width(),
            event.height(),
            event.seq(),
            Numbers.seconds(event)));
    event.detections().forEach(this::write);
  }

  private void write(FrameEvent.DetectedObject detection) {
    categories.put(detection.classId(), detection.className());
    results.print(anyResult ? ",\n" : "\n");
    anyResult = true;
    results.print(
        text(
            "{\"image_id\":%d,\"category_id\":%d,\"bbox\":[%s,%s,%s,%s],\"score\":%s}",
            imageId,
            detection.classId(),
            Numbers.decimals(detection.x1(), 1),
            Numbers.decimals(detection.y1(), 1),
            Numbers.decimals(detection.x2() - detection.x1(), 1),
            Numbers.decimals(detection.y2() - detection.y1(), 1),
            Numbers.decimals(detection.score(), 4)));
  }

  @Override
  public List<Path> finish() {
    results.print("\n]\n");
    images.print("\n],\"categories\":[");
    var separator = "\n";
    for (var category : categories.entrySet()) {
      images.print(
          text(
              "%s{\"id\":%d,\"name\":\"%s\"}",
              separator, category.getKey(), escaped(category.getValue())));
      separator = ",\n";
    }
    images.print("\n]}\n");
    return List.of(results.commit(), images.commit());
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static String escaped(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }

  @Override
  public void close() {
    results.close();
    images.close();
  }
}
