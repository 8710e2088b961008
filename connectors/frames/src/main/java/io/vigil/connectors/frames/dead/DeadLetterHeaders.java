package io.vigil.connectors.frames.dead;

/** Headers of a dead letter beside those of the record that was refused. */
public final class DeadLetterHeaders {

  /** All begin with it; no others do. */
  static final String PREFIX = "vigil-dead-";

  public static final String REASON = PREFIX + "reason";
  public static final String STAGE = PREFIX + "stage";
  public static final String STREAM = PREFIX + "stream";
  public static final String TOPIC = PREFIX + "topic";
  public static final String PARTITION = PREFIX + "partition";
  public static final String OFFSET = PREFIX + "offset";

  /** When the record was written, milliseconds since 1970. */
  public static final String TIMESTAMP = PREFIX + "timestamp";

  /** That its value was too large to be kept, and how many bytes it has. */
  public static final String LEFT_OUT = PREFIX + "value-left-out";

  /** That the record had no value, which is not the same as an empty one. */
  public static final String NO_VALUE = PREFIX + "no-value";

  /** On a receipt: partition/offset of the letter that was put back. */
  public static final String PUT_BACK = PREFIX + "put-back";

  /** On a record that was put back: topic/partition/offset of its letter. */
  public static final String REDRIVEN = "vigil-redriven";

  private DeadLetterHeaders() {}
}
