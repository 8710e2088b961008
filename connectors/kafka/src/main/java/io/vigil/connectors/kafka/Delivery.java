package io.vigil.connectors.kafka;

import java.time.Duration;
import java.util.Optional;

/** What a consumer may rely on when the job fails and goes on from its last checkpoint. */
public sealed interface Delivery {

  /** An event is there as soon as it is written, and may be there twice after a failure. */
  record AtLeastOnce() implements Delivery {}

  /**
   * An event is there once, for consumers that read {@code read_committed}, when the next
   * checkpoint is complete.
   *
   * @param transactionalIdPrefix of this job and no other: the same when it goes on from a
   *     checkpoint, another for each job on the cluster. The broker is asked for ids that begin
   *     with it, so an ACL can be prefixed by it
   * @param transactionTimeout what the broker waits for a job that died before it aborts its
   *     transaction, and read_committed consumers wait with it; empty for {@link
   *     #LONGEST_TRANSACTION} or the broker's maximum, whichever is less
   */
  record ExactlyOnce(String transactionalIdPrefix, Optional<Duration> transactionTimeout)
      implements Delivery {

    public ExactlyOnce(String transactionalIdPrefix) {
      this(transactionalIdPrefix, Optional.empty());
    }
  }

  /** Kafka's default for a broker's {@code transaction.max.timeout.ms}. */
  Duration LONGEST_TRANSACTION = Duration.ofMinutes(15);
}
