package io.vigil.pipeline.cli;

import io.vigil.connectors.frames.dead.DeadLetter;
import io.vigil.connectors.frames.dead.Redrive;
import io.vigil.connectors.frames.dead.Redrive.Order;
import io.vigil.connectors.frames.record.FrameLimits;
import io.vigil.connectors.kafka.Delivery.AtLeastOnce;
import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.check.KafkaChecks;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vigil redrive}: refused records back to where they came from. */
@Command(
    name = "redrive",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Puts records of a dead-letter topic back into the topic that they came from, each once: what"
          + " was put back is noted in the dead-letter topic, in the same transaction.",
      "",
      "Do it when the cause is gone: a limit was raised, a key is set with --rekey."
    },
    footer = {
      "",
      "See what is there:",
      "  vigil redrive --bootstrap-servers localhost:9092 --topic frames-dead --dry-run"
    })
final class RedriveCommand implements Callable<Integer> {
  private final Console console;
  private final Interrupt interrupt;

  @Mixin private KafkaOptions kafka;

  @Option(names = "--stream", paramLabel = "ID", description = "Records of this stream alone.")
  private String stream;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Records that were refused for a reason with this text in it.")
  private String reason;

  @Option(
      names = "--from",
      paramLabel = "TOPIC",
      description = "Records that came from this topic alone.")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "TOPIC",
      description = "Put them into this topic, not where they came from.")
  private String to;

  @Option(names = "--rekey", description = "Make the stream of header vigil-stream their key.")
  private boolean rekey;

  @Option(
      names = "--dry-run",
      description =
          "List what would be put back, and write nothing: place, stream, origin, reason.")
  private boolean dryRun;

  @Mixin private LogOptions logs;

  RedriveCommand(Console console, Interrupt interrupt) {
    this.console = console;
    this.interrupt = interrupt;
  }

  @Override
  public Integer call() {
    logs.apply(Path.of("vigil.log"));
    var connection = kafka.connection();
    KafkaChecks.of(connection, new AtLeastOnce()).reading(kafka.topic()).run();
    try (var redrive = new Redrive(connection, kafka.topic())) {
      return (dryRun ? list(redrive) : putBack(redrive, connection)).code();
    } catch (ProducerFencedException | InvalidProducerEpochException e) {
      throw new CommandException(
          ExitCode.FAILED,
          "another redrive of %s has begun, and this one has stopped; what it put back is noted"
              .formatted(kafka.topic()),
          e);
    } catch (KafkaException e) {
      throw new CommandException(
          ExitCode.FAILED,
          "%s: cannot be put back (%s); correct the cause and do it again"
              .formatted(kafka.topic(), connection.withoutSecrets(String.valueOf(e.getMessage()))),
          e);
    }
  }

  private boolean isWanted(DeadLetter letter) {
    return (stream == null || letter.stream().equals(stream))
        && (reason == null || letter.reason().contains(reason))
        && (from == null || letter.topic().equals(from));
  }

  private Order order(boolean withValue) {
    return new Order(
        letter -> isWanted(letter) && letter.valueLeftOut() != withValue,
        Optional.ofNullable(to),
        rekey);
  }

  private ExitCode list(Redrive redrive) {
    var count = new AtomicLong();
    var all = new Order(this::isWanted, Optional.ofNullable(to), rekey);
    redrive.preview(
        all,
        letter -> {
          count.incrementAndGet();
          console.print(
              "%s  %s  %s  %s%s"
                  .formatted(
                      letter.place(),
                      letter.stream().isEmpty() ? "-" : letter.stream(),
                      letter.origin(),
                      letter.reason(),
                      letter.valueLeftOut() ? " (its value was not kept)" : ""));
        });
    console.tell("%,d records; nothing was put back".formatted(count.get()));
    return ExitCode.DONE;
  }

  private ExitCode putBack(Redrive redrive, KafkaConnection connection) {
    var targets = redrive.targets(order(true));
    if (!targets.isEmpty()) {
      var checks = KafkaChecks.of(connection, new AtLeastOnce());
      targets.forEach(target -> checks.writingLarge(target, FrameLimits.USUAL.mostBytes()));
      checks.run();
    }
    interrupt.drainable();
    long count = redrive.run(order(true), letter -> {}, interrupt::requested);
    console.print("%,d records were put back".formatted(count));
    var left = new AtomicLong();
    redrive.preview(order(false), letter -> left.incrementAndGet());
    if (left.get() > 0) {
      console.tell(
          "vigil: of %,d records the value was too large to be kept; they are where they came from, as long as that topic keeps them (--dry-run lists them)"
              .formatted(left.get()));
    }
    if (interrupt.requested()) {
      return ExitCode.INTERRUPTED;
    }
    return left.get() > 0 ? ExitCode.PARTLY : ExitCode.DONE;
  }
}
