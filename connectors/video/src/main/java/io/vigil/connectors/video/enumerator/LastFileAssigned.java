package io.vigil.connectors.video.enumerator;

import org.apache.flink.api.connector.source.SourceEvent;

/** Tells a reader that no file follows the one it has, if it has one. */
public record LastFileAssigned() implements SourceEvent {}
