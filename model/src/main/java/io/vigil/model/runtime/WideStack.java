package io.vigil.model.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * A thread of its own for the start of ONNX Runtime. Version 1.29 looks through the process's
 * command line with a regular expression that calls itself for every character: 4 kB, which a class
 * path or a list of files easily has, overflow a usual stack of 1 MB and end the process without a
 * word.
 */
final class WideStack {
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
  private static final long BASE = 16L << 20;

  /** Three times what was measured. */
  private static final long BYTES_PER_CHARACTER = 1024;

  private static final long MOST = 1L << 30;

  private WideStack() {}

  /** What the call throws is thrown here. */
  static <T> T call(Supplier<T> start) {
    var task = new FutureTask<>(start::get);
    new Thread(null, task, "vigil-onnxruntime-start", stackSize()).start();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw rethrown(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException rethrown(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException failure ? failure : new CompletionException(cause);
  }

  private static long stackSize() {
    try {
      long length = Files.readAllBytes(COMMAND_LINE).length;
      return Math.min(MOST, BASE + BYTES_PER_CHARACTER * length);
    } catch (IOException notLinux) {
      return BASE;
    }
  }
}
