package io.vigil.connectors.video.decode;

import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Ends a hung read of one input from any thread. FFmpeg asks between the steps of a network read
 * whether to go on; a read of a local file that hangs in the kernel cannot be ended so.
 */
public final class ReadInterrupt implements AutoCloseable {

  /**
   * One for all inputs, as JavaCPP has room for ten callbacks of a kind; told apart by the flag.
   */
  private static final AVIOInterruptCB.Callback_Pointer CALLBACK = new RaisedFlag();

  private final BytePointer flag = new BytePointer(1).put((byte) 0);

  /** From now on every read of the input fails. */
  public synchronized void raise() {
    if (!flag.isNull()) {
      flag.put((byte) 1);
    }
  }

  public synchronized boolean isRaised() {
    return flag.isNull() || flag.get() != 0;
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
      return new BytePointer(opaque).get();
    }
  }
}
