package io.vigil.connectors.video.decode;

import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** What is open for one file: its packets, their decoder, and what is known of times and end. */
record DecoderStack(VideoInput input, StreamEnd end, FrameReader reader, FrameTimes times)
    implements AutoCloseable {

  static DecoderStack open(Location location, ReadInterrupt interrupt, int threads)
      throws VideoException {
    var input = VideoInput.open(location, interrupt);
    try {
      var end = new StreamEnd(input);
      // What is left of its last picture is damaged; several threads would have to begin again.
      int safeThreads = TransportStream.isCutOff(input) ? 1 : threads;
      var reader = FrameReader.open(input, end, safeThreads);
      return new DecoderStack(input, end, reader, new FrameTimes(input));
    } catch (VideoException | RuntimeException e) {
      input.close();
      throw e;
    }
  }

  boolean seek(long timestamp) {
    times.reset();
    return reader.seek(timestamp);
  }

  /**
   * @return pts of the frame, the next one after those timed before
   */
  long time(AVFrame frame) {
    long pts = times.next(frame);
    end.frameDecoded(times.endSeconds(pts, frame));
    return pts;
  }

  OptionalLong senderEpochMillis(long pts) {
    return input.senderClock().epochMillis(pts);
  }

  void requireWhole() throws VideoException {
    end.requireWhole(reader.readStatus());
  }

  @Override
  public void close() {
    reader.close();
    input.close();
  }
}
