package io.vigil.connectors.frames.dead;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.video.RefusedRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class DeadLetterRecordsTest {

  private static RefusedRecord.Header header(String name, String value) {
    return new RefusedRecord.Header(name, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Else whoever writes frames could have another's letter taken for one that was put back. */
  @Test
  void aRecordThatSaysItIsAReceiptIsALetter() {
    var refused =
        new RefusedRecord(
            "gate",
            "",
            null,
            "frames",
            0,
            7,
            1_000,
            "gate".getBytes(StandardCharsets.UTF_8),
            new byte[] {1},
            List.of(
                header("vigil-codec", "none"),
                header(DeadLetterHeaders.PUT_BACK, "0/3"),
                header(DeadLetterHeaders.LEFT_OUT, "9"),
                header(DeadLetterHeaders.REASON, "of before")),
            "record",
            "of now");
    var written = new DeadLetterRecords("dead", 1 << 20).serialize(refused, null, null);
    var letter =
        new DeadLetter(
            new ConsumerRecord<>(
                "dead",
                0,
                4,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                written.key(),
                written.value(),
                written.headers(),
                Optional.empty()));
    assertThat(letter.isLetter()).isTrue();
    assertThat(letter.putBack()).isEmpty();
    assertThat(letter.valueLeftOut()).isFalse();
    assertThat(letter.reason()).isEqualTo("of now");
    assertThat(written.headers().headers(DeadLetterHeaders.REASON)).hasSize(1);
    assertThat(written.headers().lastHeader("vigil-codec")).isNotNull();
  }
}
