package io.vigil.connectors.frames.reader;

import io.vigil.connectors.frames.record.FrameLimits;
import io.vigil.connectors.video.reader.LetterboxSettings;
import java.io.Serializable;

/** How frames are read. */
public record FramesSettings(LetterboxSettings letterbox, FrameLimits limits)
    implements Serializable {}
