package io.vigil.pipeline.config;

import io.vigil.connectors.video.Mask;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is looked at.
 *
 * @param files video files, folders of them, or globs; none if cameras are looked at
 * @param start frames before this time of each video are decoded and dropped: they count, and have
 *     no event
 * @param end the frame at this time and those after it are not read, and do not count; empty reads
 *     to the end
 * @param fps most frames a second of video that are looked at; empty looks at all
 * @param masks of every file: what is never looked at
 */
public record SourceConfig(
    List<String> files,
    Duration start,
    Optional<Duration> end,
    Optional<Double> fps,
    List<Mask> masks) {

  public SourceConfig {
    files = List.copyOf(files);
    masks = List.copyOf(masks);
  }

  /**
   * @param instead what takes its place, such as cameras; empty if nothing does
   */
  static SourceConfig read(Section section, String instead) {
    var files = section.texts("files", "video files, folders of them, or globs");
    if (files.isEmpty() && instead.isEmpty()) {
      section.refuseUnseen("files", "at least one video file, folder or glob is needed");
    }
    if (!instead.isEmpty() && !section.isEmpty()) {
      section.refuse(
          "is for files, and there are %s, which have keys of their own; a job looks at one"
                  .formatted(instead)
              + " or the other");
    }
    var start = section.position("start", "where in each video to start").orElse(Duration.ZERO);
    var end = section.position("end", "where in each video to stop");
    var fps = section.number("fps", 0.001, 1000, "most frames a second of video to look at");
    end.filter(place -> place.compareTo(start) <= 0)
        .ifPresent(place -> section.refuse("end", "must be after the start, " + seconds(start)));
    var masks = MasksConfig.read(section, "masks");
    section.refuseUnknown();
    return new SourceConfig(files, start, end, fps, masks);
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() / 1000.0 + " s";
  }
}
