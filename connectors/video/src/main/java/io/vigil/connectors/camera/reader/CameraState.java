package io.vigil.connectors.camera.reader;

import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.camera.split.CameraPosition;
import io.vigil.connectors.camera.split.CameraSplit;
import io.vigil.connectors.video.StreamNotice;
import io.vigil.connectors.video.VideoRecord;

/** A split while it is read, in the task's thread. */
final class CameraState {

  private CameraDefinition camera;
  private boolean retired;
  private CameraPosition position;

  CameraState(CameraSplit split) {
    this.camera = split.camera();
    this.position = split.position();
    this.retired = split.retired();
  }

  /** Goes on behind the element, and tells the record that it is. */
  VideoRecord advance(CameraElement element) {
    long timestamp = Math.max(position.timestamp(), element.epochMillis());
    if (element instanceof CameraElement.Frame frame) {
      position =
          position.after(frame.counts(), frame.ingestMillis(), frame.frameMicros(), timestamp);
      return frame.record();
    }
    var notice = (CameraElement.Notice) element;
    position =
        switch (notice.kind()) {
          case CONNECTED, RECONNECTED -> position.connected(notice.session(), timestamp);
          case ENDED, FAILED -> position.ended(notice.session(), notice.counts(), timestamp);
          case STALLED, GAP, REFUSED -> position.noted(notice.counts(), timestamp);
        };
    return record(notice);
  }

  private StreamNotice record(CameraElement.Notice notice) {
    var counts = position.counts();
    return new StreamNotice(
        camera.id(),
        notice.session(),
        notice.kind(),
        counts.decoded(),
        counts.dropped(),
        counts.failed(),
        notice.detail(),
        notice.gap());
  }

  /** From now on it is to be read by this, also after a restore. */
  void change(CameraDefinition definition) {
    camera = definition;
    retired = false;
  }

  void retire() {
    retired = true;
  }

  boolean isRetired() {
    return retired;
  }

  /** Of the record told last. */
  long timestamp() {
    return position.timestamp();
  }

  CameraSplit toSplit() {
    return new CameraSplit(camera, position, retired);
  }
}
