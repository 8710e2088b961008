package io.vigil.connectors.video.reader;

import io.vigil.connectors.video.VideoRecord;
import io.vigil.connectors.video.split.VideoPosition;

/**
 * What the fetcher hands over.
 *
 * @param record null if a frame was passed over
 * @param after the position behind it
 */
record ReadElement(VideoRecord record, VideoPosition after) {}
