package io.vigil.connectors.video.source;

import io.vigil.connectors.video.CaptureTime;
import io.vigil.connectors.video.FrameFailure;
import io.vigil.connectors.video.FrameGap;
import io.vigil.connectors.video.RefusedRecord;
import io.vigil.connectors.video.StreamNotice;
import io.vigil.connectors.video.VideoFrame;
import io.vigil.connectors.video.VideoRecord;
import io.vigil.connectors.video.state.StreamSettingsFormat;
import io.vigil.model.detect.Letterbox;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Records between tasks, with their pixels. Not for state: no pixels in checkpoints. */
public final class VideoRecordSerializer extends ImmutableSerializer<VideoRecord> {

  public static final VideoRecordSerializer INSTANCE = new VideoRecordSerializer();

  /** The type of {@link VideoRecord} for Flink. */
  public static final TypeInformation<VideoRecord> TYPE =
      new ImmutableType<>(VideoRecord.class, INSTANCE);

  private static final long serialVersionUID = 1L;

  private static final int FRAME = 0;
  private static final int FAILURE = 1;
  private static final int NOTICE = 2;
  private static final int REFUSED = 3;

  @Override
  public void serialize(VideoRecord record, DataOutputView out) throws IOException {
    if (record instanceof VideoFrame frame) {
      writeFrame(frame, out);
    } else if (record instanceof FrameFailure failure) {
      writeFailure(failure, out);
    } else if (record instanceof StreamNotice notice) {
      writeNotice(notice, out);
    } else if (record instanceof RefusedRecord refused) {
      writeRefused(refused, out);
    } else {
      throw new IllegalArgumentException("not a kind of video record: " + record);
    }
  }

  @Override
  public VideoRecord deserialize(DataInputView in) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case FRAME -> readFrame(in);
      case FAILURE -> readFailure(in);
      case NOTICE -> readNotice(in);
      case REFUSED -> readRefused(in);
      default -> throw new IOException("video record of kind " + kind + ", but there are 0 to 3");
    };
  }

  private static void writeFrame(VideoFrame frame, DataOutputView out) throws IOException {
    out.writeByte(FRAME);
    writeText(frame.streamId(), out);
    writeText(frame.session(), out);
    out.writeLong(frame.seq());
    out.writeLong(frame.pts());
    out.writeInt(frame.timeBaseNumerator());
    out.writeInt(frame.timeBaseDenominator());
    writeCaptureTime(frame.captureTime(), out);
    StreamSettingsFormat.write(frame.settings(), out);
    writeLetterbox(frame.letterbox(), out);
    out.writeInt(frame.rgb().length);
    out.write(frame.rgb());
    out.writeBoolean(frame.perishable());
    out.writeLong(frame.decodedAt());
  }

  private static VideoFrame readFrame(DataInputView in) throws IOException {
    return new VideoFrame(
        readText(in),
        readText(in),
        in.readLong(),
        in.readLong(),
        in.readInt(),
        in.readInt(),
        readCaptureTime(in),
        StreamSettingsFormat.read(in),
        readLetterbox(in),
        readBytes(in),
        in.readBoolean(),
        in.readLong());
  }

  private static void writeFailure(FrameFailure failure, DataOutputView out) throws IOException {
    out.writeByte(FAILURE);
    writeText(failure.streamId(), out);
    writeText(failure.session(), out);
    out.writeLong(failure.seq());
    out.writeLong(failure.pts());
    out.writeInt(failure.timeBaseNumerator());
    out.writeInt(failure.timeBaseDenominator());
    writeText(failure.stage(), out);
    writeText(failure.reason(), out);
  }

  private static FrameFailure readFailure(DataInputView in) throws IOException {
    return new FrameFailure(
        readText(in),
        readText(in),
        in.readLong(),
        in.readLong(),
        in.readInt(),
        in.readInt(),
        readText(in),
        readText(in));
  }

  private static void writeRefused(RefusedRecord refused, DataOutputView out) throws IOException {
    out.writeByte(REFUSED);
    writeText(refused.streamId(), out);
    writeText(refused.session(), out);
    out.writeBoolean(refused.failure() != null);
    if (refused.failure() != null) {
      writeFailure(refused.failure(), out);
    }
    writeText(refused.topic(), out);
    out.writeInt(refused.partition());
    out.writeLong(refused.offset());
    out.writeLong(refused.timestamp());
    writeBytes(refused.key(), out);
    writeBytes(refused.value(), out);
    out.writeInt(refused.headers().size());
    for (var header : refused.headers()) {
      writeText(header.name(), out);
      writeBytes(header.value(), out);
    }
    writeText(refused.stage(), out);
    writeText(refused.reason(), out);
  }

  private static RefusedRecord readRefused(DataInputView in) throws IOException {
    return new RefusedRecord(
        readText(in),
        readText(in),
        in.readBoolean() ? (FrameFailure) INSTANCE.deserialize(in) : null,
        readText(in),
        in.readInt(),
        in.readLong(),
        in.readLong(),
        readNullableBytes(in),
        readNullableBytes(in),
        readHeaders(in),
        readText(in),
        readText(in));
  }

  private static List<RefusedRecord.Header> readHeaders(DataInputView in) throws IOException {
    int count = in.readInt();
    var headers = new ArrayList<RefusedRecord.Header>();
    for (int i = 0; i < count; i++) {
      headers.add(new RefusedRecord.Header(readText(in), readNullableBytes(in)));
    }
    return headers;
  }

  /** May be null. */
  private static void writeBytes(byte[] bytes, DataOutputView out) throws IOException {
    out.writeInt(bytes == null ? -1 : bytes.length);
    if (bytes != null) {
      out.write(bytes);
    }
  }

  private static byte[] readNullableBytes(DataInputView in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      return null;
    }
    var bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }

  private static void writeNotice(StreamNotice notice, DataOutputView out) throws IOException {
    out.writeByte(NOTICE);
    writeText(notice.streamId(), out);
    writeText(notice.session(), out);
    writeText(notice.kind().name(), out);
    out.writeLong(notice.decoded());
    writeCounts(notice.dropped(), out);
    writeCounts(notice.failed(), out);
    writeText(notice.detail(), out);
    writeGap(notice.gap(), out);
  }

  private static StreamNotice readNotice(DataInputView in) throws IOException {
    return new StreamNotice(
        readText(in),
        readText(in),
        StreamNotice.Kind.valueOf(readText(in)),
        in.readLong(),
        readCounts(in),
        readCounts(in),
        readText(in),
        readGap(in));
  }

  private static void writeCaptureTime(CaptureTime time, DataOutputView out) throws IOException {
    out.writeBoolean(time != null);
    if (time != null) {
      out.writeLong(time.epochMillis());
      writeText(time.clock(), out);
    }
  }

  private static CaptureTime readCaptureTime(DataInputView in) throws IOException {
    return in.readBoolean() ? new CaptureTime(in.readLong(), readText(in)) : null;
  }

  private static void writeGap(FrameGap gap, DataOutputView out) throws IOException {
    out.writeBoolean(gap != null);
    if (gap != null) {
      out.writeLong(gap.fromEpochMillis());
      out.writeLong(gap.toEpochMillis());
      out.writeLong(gap.frames());
    }
  }

  private static FrameGap readGap(DataInputView in) throws IOException {
    return in.readBoolean() ? new FrameGap(in.readLong(), in.readLong(), in.readLong()) : null;
  }

  private static void writeLetterbox(Letterbox letterbox, DataOutputView out) throws IOException {
    out.writeInt(letterbox.sourceWidth());
    out.writeInt(letterbox.sourceHeight());
    out.writeInt(letterbox.scaledWidth());
    out.writeInt(letterbox.scaledHeight());
    out.writeInt(letterbox.width());
    out.writeInt(letterbox.height());
    out.writeDouble(letterbox.xScale());
    out.writeDouble(letterbox.yScale());
  }

  private static Letterbox readLetterbox(DataInputView in) throws IOException {
    return new Letterbox(
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readDouble(),
        in.readDouble());
  }

  private static void writeCounts(SortedMap<String, Long> counts, DataOutputView out)
      throws IOException {
    out.writeInt(counts.size());
    for (var count : counts.entrySet()) {
      writeText(count.getKey(), out);
      out.writeLong(count.getValue());
    }
  }

  private static SortedMap<String, Long> readCounts(DataInputView in) throws IOException {
    int size = in.readInt();
    var counts = new TreeMap<String, Long>();
    for (int i = 0; i < size; i++) {
      counts.put(readText(in), in.readLong());
    }
    return Collections.unmodifiableSortedMap(counts);
  }

  private static byte[] readBytes(DataInputView in) throws IOException {
    var bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }

  private static void writeText(String text, DataOutputView out) throws IOException {
    StringSerializer.INSTANCE.serialize(text, out);
  }

  private static String readText(DataInputView in) throws IOException {
    return StringSerializer.INSTANCE.deserialize(in);
  }

  @Override
  public TypeSerializerSnapshot<VideoRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version of the format; written into checkpoints of jobs that exchange records. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<VideoRecord> {

    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
