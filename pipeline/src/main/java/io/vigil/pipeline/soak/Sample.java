package io.vigil.pipeline.soak;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the process holds, after a garbage collection.
 *
 * @param steps how far the soak is: reconnects, frames or restarts
 * @param residentKb memory that is in the machine's, all of it
 * @param heapKb memory of live objects
 * @param nativeKb resident memory that is not the heap's
 */
record Sample(long steps, long residentKb, long heapKb, long nativeKb, int threads, int files) {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path OPEN = Path.of("/proc/self/fd");

  static Sample take(long steps) throws IOException {
    System.gc();
    var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    long resident = readResidentKb();
    return new Sample(
        steps,
        resident,
        heap.getUsed() >> 10,
        resident - (heap.getCommitted() >> 10),
        ManagementFactory.getThreadMXBean().getThreadCount(),
        openFiles());
  }

  private static long readResidentKb() throws IOException {
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  private static int openFiles() throws IOException {
    try (var files = Files.list(OPEN)) {
      return (int) files.count();
    }
  }
}
