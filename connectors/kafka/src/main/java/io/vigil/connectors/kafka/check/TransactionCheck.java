package io.vigil.connectors.kafka.check;

import io.vigil.connectors.kafka.Delivery;
import io.vigil.connectors.kafka.Delivery.ExactlyOnce;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Whether the broker gives the job transactions that are long enough. */
final class TransactionCheck {

  private static final String BROKER_MAXIMUM = "transaction.max.timeout.ms";

  /** One interval for the frames of a checkpoint, one for completing it and for a restart. */
  private static final int INTERVALS = 2;

  private final Cluster cluster;
  private final Duration checkpointInterval;

  TransactionCheck(Cluster cluster, Duration checkpointInterval) {
    this.cluster = cluster;
    this.checkpointInterval = checkpointInterval;
  }

  /** The delivery with its timeout decided; what is wrong is added to the problems. */
  ExactlyOnce resolve(ExactlyOnce wanted, List<String> problems) {
    var maximum = maximum();
    var timeout =
        wanted.transactionTimeout().orElseGet(() -> shorter(maximum, Delivery.LONGEST_TRANSACTION));
    var resolved = new ExactlyOnce(wanted.transactionalIdPrefix(), Optional.of(timeout));
    if (timeout.compareTo(maximum) > 0) {
      problems.add(tooLong(timeout, maximum));
    } else {
      tooShort(timeout).ifPresent(problems::add);
      tried(resolved).ifPresent(problems::add);
    }
    return resolved;
  }

  private Duration maximum() {
    var known = cluster.brokerSetting(BROKER_MAXIMUM);
    return known.isPresent()
        ? Duration.ofMillis(known.getAsLong())
        : Duration.ofMillis(Integer.MAX_VALUE);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static String tooLong(Duration timeout, Duration maximum) {
    return "transaction.timeout.ms = %d is more than the broker's %s = %d; lower the first or raise the second"
        .formatted(timeout.toMillis(), BROKER_MAXIMUM, maximum.toMillis());
  }

  private Optional<String> tooShort(Duration timeout) {
    var needed = checkpointInterval.multipliedBy(INTERVALS);
    return timeout.compareTo(needed) >= 0
        ? Optional.empty()
        : Optional.of(
            "transaction.timeout.ms = %d is less than %d checkpoint intervals of %d ms, so that the broker would abort what a checkpoint has promised; checkpoint more often, or raise it and the broker's %s"
                .formatted(
                    timeout.toMillis(), INTERVALS, checkpointInterval.toMillis(), BROKER_MAXIMUM));
  }

  /** Begins none, but asks for an id, which needs the same permission. */
  private Optional<String> tried(ExactlyOnce delivery) {
    var id = delivery.transactionalIdPrefix() + "-check";
    try (var producer = producer(id, delivery.transactionTimeout().orElseThrow())) {
      producer.initTransactions();
      return Optional.empty();
    } catch (TransactionalIdAuthorizationException e) {
      return Optional.of(
          "transactional.id '%s*' may not be used by this user; allow the operation Write on the transactional id with that prefix, or choose at-least-once"
              .formatted(delivery.transactionalIdPrefix()));
    } catch (InvalidTxnTimeoutException e) {
      return Optional.of(
          "transaction.timeout.ms = %d is more than the broker's %s allows; lower the first or raise the second"
              .formatted(delivery.transactionTimeout().orElseThrow().toMillis(), BROKER_MAXIMUM));
    } catch (TimeoutException e) {
      return Optional.of(
          "no transaction coordinator answers in time (%s); see whether the topic __transaction_state has enough replicas in sync (transaction.state.log.min.isr)"
              .formatted(Answer.reason(e)));
    } catch (KafkaException e) {
      return Optional.of("transactional.id '%s' is refused (%s)".formatted(id, Answer.reason(e)));
    }
  }

  private KafkaProducer<byte[], byte[]> producer(String transactionalId, Duration timeout) {
    var serializer = new ByteArraySerializer();
    var own =
        Map.of(
            "transactional.id", transactionalId,
            "transaction.timeout.ms", Long.toString(timeout.toMillis()),
            "max.block.ms", Long.toString(cluster.deadline().left().toMillis()));
    return new KafkaProducer<>(cluster.connection().properties(own), serializer, serializer);
  }
}
