package io.vigil.model.weights.pull;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Ends a read that gives nothing for too long, which {@link java.net.http} has no limit for. */
final class WatchedStream extends FilterInputStream {

  private final Duration silence;
  private volatile boolean hungUp;

  WatchedStream(InputStream in, Duration silence) {
    super(in);
    this.silence = silence;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    var alarm = new CompletableFuture<Void>();
    alarm.completeOnTimeout(null, silence.toMillis(), TimeUnit.MILLISECONDS).thenRun(this::hangUp);
    try {
      return super.read(buffer, offset, length);
    } catch (IOException failure) {
      throw hungUp
          ? new IOException("nothing comes for " + silence.toSeconds() + " s", failure)
          : failure;
    } finally {
      alarm.cancel(false);
    }
  }

  private void hangUp() {
    hungUp = true;
    try {
      in.close();
    } catch (IOException alreadyClosed) {
      // The read ends either way.
    }
  }
}
