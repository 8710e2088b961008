package io.vigil.connectors.video;

/**
 * What a source of video emits: frames, and what happened to a stream, in the order of the stream.
 */
public sealed interface VideoRecord permits VideoFrame, FrameFailure, StreamNotice, RefusedRecord {

  String streamId();

  /**
   * A file's is derived from its content, so it is the same in every run; a camera's is new at each
   * connection.
   */
  String session();
}
