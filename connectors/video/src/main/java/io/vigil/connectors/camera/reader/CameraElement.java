package io.vigil.connectors.camera.reader;

import io.vigil.connectors.camera.split.CameraCounts;
import io.vigil.connectors.video.FrameGap;
import io.vigil.connectors.video.StreamNotice;
import io.vigil.connectors.video.VideoRecord;

/**
 * What waits to be emitted. Its counts are of the frames decoded since the element before, itself
 * included, so that what is in a checkpoint adds up wherever its barrier falls.
 */
sealed interface CameraElement {

  CameraCounts counts();

  /** Milliseconds since 1970. */
  long epochMillis();

  /** Stands for frames before it, too. */
  CameraElement withMore(CameraCounts more);

  /**
   * A frame, or one that failed.
   *
   * @param epochMillis when it was captured
   * @param ingestMillis when it came, by this machine's clock
   * @param frameMicros usual time between two frames; 0 if not known
   */
  record Frame(
      VideoRecord record,
      CameraCounts counts,
      long epochMillis,
      long ingestMillis,
      long frameMicros)
      implements CameraElement {

    @Override
    public Frame withMore(CameraCounts more) {
      return new Frame(record, counts.plus(more), epochMillis, ingestMillis, frameMicros);
    }
  }

  /**
   * A notice without its ledger, which is known when it is its turn.
   *
   * @param gap null unless {@code GAP}
   * @param epochMillis when it was made
   */
  record Notice(
      String session,
      StreamNotice.Kind kind,
      String detail,
      FrameGap gap,
      CameraCounts counts,
      long epochMillis)
      implements CameraElement {

    @Override
    public Notice withMore(CameraCounts more) {
      return new Notice(session, kind, detail, gap, counts.plus(more), epochMillis);
    }
  }
}
