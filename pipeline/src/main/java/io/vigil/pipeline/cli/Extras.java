package io.vigil.pipeline.cli;

import io.vigil.pipeline.report.ReportRequest.Format;
import io.vigil.pipeline.report.ReportRequest.Picture;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a run makes beside its events.
 *
 * @param formats results in other formats
 * @param video whether annotated videos are drawn
 */
record Extras(Set<Format> formats, boolean video) {

  Set<Picture> pictures() {
    return video ? EnumSet.allOf(Picture.class) : EnumSet.of(Picture.CONTACT_SHEET);
  }

  /** These with what was asked for in their place; null where nothing was. */
  Extras with(Set<Format> otherFormats, Boolean otherVideo) {
    return new Extras(
        otherFormats == null ? formats : otherFormats, otherVideo == null ? video : otherVideo);
  }
}
