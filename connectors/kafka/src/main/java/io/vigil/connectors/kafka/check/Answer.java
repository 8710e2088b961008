package io.vigil.connectors.kafka.check;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaFuture;

/** What Kafka answered: a value or why not. */
record Answer<T>(T value, Throwable failure) {

  static <T> Answer<T> to(KafkaFuture<T> question, Deadline deadline) {
    try {
      return new Answer<>(question.get(deadline.left().toMillis(), TimeUnit.MILLISECONDS), null);
    } catch (ExecutionException e) {
      return new Answer<>(null, e.getCause());
    } catch (TimeoutException e) {
      return new Answer<>(null, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer<>(null, e);
    }
  }

  boolean isRefused() {
    return failure != null;
  }

  boolean isRefusedBy(Class<? extends Throwable> type) {
    return type.isInstance(failure);
  }

  /** The deepest reason, as a short text. */
  static String reason(Throwable failure) {
    var root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
