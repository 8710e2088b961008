package io.vigil.model.runtime;

/**
 * Memory of a device, in bytes.
 *
 * @param used by all processes
 */
public record DeviceMemory(long used, long total) {}
