package io.vigil.connectors.video.decode;

import java.time.Duration;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Ends a hung read of one input: from any thread, or by a deadline. FFmpeg asks between the steps
 * of a network read, every 0.1 s, whether to go on; a read of a local file that hangs in the kernel
 * and the look-up of a host's name cannot be ended so.
 */
public final class ReadInterrupt implements AutoCloseable {

  /**
   * One for all inputs, as JavaCPP has room for ten callbacks of a kind; told apart by the flag.
   */
  private static final AVIOInterruptCB.Callback_Pointer CALLBACK = new RaisedFlag();

  private static final int EXPIRED_OFFSET = 1;
  private static final int DEADLINE_OFFSET = Long.BYTES;

  /**
   * A byte that is not 0 when raised, one when a read was ended by the deadline, and the deadline
   * of the monotonic clock, 0 for none.
   */
  private final BytePointer flag = new BytePointer(2L * Long.BYTES);

  public ReadInterrupt() {
    flag.put((byte) 0);
    flag.put(EXPIRED_OFFSET, (byte) 0);
    flag.putLong(DEADLINE_OFFSET, 0);
  }

  /** From now on every read of the input fails. */
  public synchronized void raise() {
    if (!flag.isNull()) {
      flag.put((byte) 1);
    }
  }

  public synchronized boolean isRaised() {
    return flag.isNull() || flag.get() != 0;
  }

  /**
   * Reads fail once that time is over, unless this is called again before. Once one has failed so,
   * all do: FFmpeg gives what it still holds first, and would then wait again.
   */
  void endIn(Duration time) {
    long deadline = System.nanoTime() + time.toNanos();
    flag.putLong(DEADLINE_OFFSET, deadline == 0 ? 1 : deadline);
  }

  /** Whether a read has been, or would be, ended by the deadline. */
  boolean isOverdue() {
    return isOverdue(flag);
  }

  private static boolean isOverdue(BytePointer flag) {
    long deadline = flag.getLong(DEADLINE_OFFSET);
    return flag.get(EXPIRED_OFFSET) != 0 || deadline != 0 && System.nanoTime() - deadline > 0;
  }

  void installIn(AVFormatContext format) {
    format.interrupt_callback().callback(CALLBACK).opaque(flag);
  }

  /** Only after the input is closed: the input reads the flag. */
  @Override
  public synchronized void close() {
    flag.close();
  }

  private static final class RaisedFlag extends AVIOInterruptCB.Callback_Pointer {

    @Override
    public int call(Pointer opaque) {
      // A view without an owner, so it frees nothing.
      var flag = new BytePointer(opaque);
      boolean overdue = isOverdue(flag);
      if (overdue) {
        flag.put(EXPIRED_OFFSET, (byte) 1);
      }
      return flag.get() != 0 || overdue ? 1 : 0;
    }
  }
}
