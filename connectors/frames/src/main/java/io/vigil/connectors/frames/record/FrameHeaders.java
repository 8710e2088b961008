package io.vigil.connectors.frames.record;

import io.vigil.connectors.video.CaptureTime;
import io.vigil.connectors.video.decode.TimeBase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * What a frame's record says in its headers, each a text in UTF-8.
 *
 * @param stream id, also the record's key
 * @param session of the stream; empty for the one that is open, or a new one
 * @param start whether a session begins here, though one with the same id may be open
 * @param end whether the session ends here; such a record has no frame, and the other fields are
 *     not meant
 * @param codec of the value
 * @param pts presentation time in units of the time base
 * @param size as coded; required of raw pictures, else held against the content if it is told
 * @param pixelFormat of raw pictures, FFmpeg's name; else empty
 * @param captureTime null if it is not told
 */
public record FrameHeaders(
    String stream,
    String session,
    boolean start,
    boolean end,
    FrameCodec codec,
    long pts,
    TimeBase timeBase,
    Optional<Size> size,
    String pixelFormat,
    CaptureTime captureTime) {

  public static final String STREAM = "vigil-stream";
  public static final String SESSION = "vigil-session";
  public static final String START = "vigil-start";
  public static final String END = "vigil-end";
  public static final String CODEC = "vigil-codec";
  public static final String PTS = "vigil-pts";
  public static final String TIME_BASE = "vigil-time-base";
  public static final String SIZE = "vigil-size";
  public static final String PIXEL_FORMAT = "vigil-pixel-format";
  public static final String CAPTURE_TIME = "vigil-capture-time";
  public static final String CAPTURE_CLOCK = "vigil-capture-clock";

  /** Where nothing is said: milliseconds. */
  private static final TimeBase MILLISECONDS = new TimeBase(1, 1000);

  /** Of the year 9999; what is later would end the event time of all streams beside it. */
  private static final long LAST_MILLIS = 253_402_300_799_999L;

  /** Longer than any that means something; event ids and topics hold it again and again. */
  private static final int LONGEST_NAME = 200;

  private static final Pattern SIZE_TEXT = Pattern.compile("([1-9]\\d{0,5})x([1-9]\\d{0,5})");
  private static final Pattern RATIO = Pattern.compile("([1-9]\\d{0,8})/([1-9]\\d{0,8})");

  /** Pixels. */
  public record Size(int width, int height) {

    public long pixels() {
      return (long) width * height;
    }

    @Override
    public String toString() {
      return width + "x" + height;
    }
  }

  /**
   * @throws RefusedException with all that is wrong
   */
  public static FrameHeaders of(ConsumerRecord<byte[], byte[]> record) throws RefusedException {
    var reading = new Reading(record.headers());
    var headers = reading.headers(keyOf(record));
    if (!reading.problems.isEmpty()) {
      throw RefusedException.ofRecord(String.join("; ", reading.problems));
    }
    return headers;
  }

  /** The stream that a record's key names; empty if it names none. */
  public static String keyOf(ConsumerRecord<byte[], byte[]> record) {
    var key = record.key() == null ? "" : text(record.key());
    return isName(key) ? key : "";
  }

  private static boolean isName(String text) {
    return !text.isBlank()
        && text.length() <= LONGEST_NAME
        && text.chars().noneMatch(Character::isISOControl);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** One reading, which goes on at a problem, to tell all. */
  private static final class Reading {
    private final Headers headers;
    private final List<String> problems = new ArrayList<>();

    Reading(Headers headers) {
      this.headers = headers;
    }

    FrameHeaders headers(String key) {
      var stream = stream(key);
      boolean end = flag(END);
      var codec = end ? FrameCodec.RAW : codec();
      boolean raw = codec == FrameCodec.RAW && !end;
      return new FrameHeaders(
          stream,
          name(SESSION),
          flag(START),
          end,
          codec,
          end ? 0 : pts(),
          timeBase(),
          size(raw),
          pixelFormat(raw),
          captureTime());
    }

    private String stream(String key) {
      var stream = name(STREAM);
      if (stream.isEmpty()) {
        missing(STREAM, "the stream's id, which is the key too");
      } else if (!stream.equals(key)) {
        problems.add(
            (key.isEmpty() ? "it has no key" : "its key is " + key)
                + ", and header %s is %s: records are keyed by stream, which keeps them in order"
                    .formatted(STREAM, stream));
      }
      return stream;
    }

    private FrameCodec codec() {
      var name = value(CODEC);
      if (name.isEmpty()) {
        missing(CODEC, "one of " + FrameCodec.all());
        return FrameCodec.JPEG;
      }
      var codec = FrameCodec.named(name);
      if (codec.isEmpty()) {
        refuse(CODEC, name, "must be one of " + FrameCodec.all());
      }
      return codec.orElse(FrameCodec.JPEG);
    }

    private long pts() {
      var pts = value(PTS);
      if (pts.isEmpty()) {
        missing(PTS, "the presentation time in units of " + TIME_BASE);
      }
      return number(PTS, pts);
    }

    private TimeBase timeBase() {
      var text = value(TIME_BASE);
      var match = RATIO.matcher(text);
      if (text.isEmpty()) {
        return MILLISECONDS;
      }
      if (!match.matches()) {
        refuse(TIME_BASE, text, "must be seconds as a fraction, such as 1/90000");
        return MILLISECONDS;
      }
      return new TimeBase(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)));
    }

    private Optional<Size> size(boolean required) {
      var text = value(SIZE);
      var match = SIZE_TEXT.matcher(text);
      if (text.isEmpty()) {
        if (required) {
          missing(SIZE, "width and height of the raw picture, such as 1920x1080");
        }
        return Optional.empty();
      }
      if (!match.matches()) {
        refuse(SIZE, text, "must be width and height, such as 1920x1080");
        return Optional.empty();
      }
      return Optional.of(
          new Size(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2))));
    }

    private String pixelFormat(boolean required) {
      var format = value(PIXEL_FORMAT);
      if (required && format.isEmpty()) {
        missing(PIXEL_FORMAT, "the raw picture's, such as rgb24 or yuv420p");
      }
      return format;
    }

    private CaptureTime captureTime() {
      var millis = value(CAPTURE_TIME);
      if (millis.isEmpty()) {
        return null;
      }
      var clock = name(CAPTURE_CLOCK);
      long time = number(CAPTURE_TIME, millis);
      if (time < 0 || time > LAST_MILLIS) {
        refuse(CAPTURE_TIME, millis, "must be milliseconds since 1970, before the year 10000");
      }
      return new CaptureTime(time, clock.isEmpty() ? CaptureTime.INGEST : clock);
    }

    private long number(String header, String text) {
      try {
        return text.isEmpty() ? 0 : Long.parseLong(text);
      } catch (NumberFormatException e) {
        refuse(header, text, "must be a whole number");
        return 0;
      }
    }

    private boolean flag(String header) {
      return value(header).equals("true");
    }

    private String name(String header) {
      var name = value(header);
      if (!name.isEmpty() && !isName(name)) {
        refuse(header, name, "must be at most %d letters".formatted(LONGEST_NAME));
        return "";
      }
      return name;
    }

    private String value(String header) {
      var found = headers.lastHeader(header);
      return found == null || found.value() == null ? "" : text(found.value());
    }

    private void missing(String header, String what) {
      problems.add("header %s is missing: %s".formatted(header, what));
    }

    private void refuse(String header, String value, String rule) {
      var shown = value.length() > 60 ? value.substring(0, 60) + "…" : value;
      var printable = shown.replaceAll("\\p{Cntrl}", "?");
      problems.add("header %s is '%s', but %s".formatted(header, printable, rule));
    }
  }
}
