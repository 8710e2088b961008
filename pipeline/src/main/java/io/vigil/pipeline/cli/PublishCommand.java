package io.vigil.pipeline.cli;

import io.vigil.connectors.camera.reader.BackOff;
import io.vigil.connectors.camera.reader.CameraInputs;
import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.camera.split.Transport;
import io.vigil.connectors.frames.publish.FrameProducer;
import io.vigil.connectors.frames.publish.FrameRecords;
import io.vigil.connectors.frames.publish.Frames;
import io.vigil.connectors.frames.publish.Publication;
import io.vigil.connectors.frames.record.FrameLimits;
import io.vigil.connectors.kafka.Delivery.AtLeastOnce;
import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.check.KafkaChecks;
import io.vigil.connectors.video.decode.ReadInterrupt;
import io.vigil.connectors.video.decode.VideoDecoder;
import io.vigil.connectors.video.decode.VideoException;
import io.vigil.connectors.video.decode.VideoUnits;
import io.vigil.connectors.video.reader.FileSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vigil publish}: a video's frames into a Kafka topic. */
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Writes the frames of a file or of a camera to a Kafka topic, for jobs with frames: in their"
          + " configuration. Access units go as they are, and nothing is coded again.",
      "",
      "A camera that is lost is tried again until Ctrl-C, which ends the stream in an orderly way."
    },
    footer = {
      "",
      "  vigil publish gate.mp4 --topic frames --bootstrap-servers localhost:9092 --realtime",
      "  vigil publish rtsp://10.0.0.7/stream1 --topic frames --bootstrap-servers localhost:9092"
          + " --stream gate"
    })
final class PublishCommand implements Callable<Integer> {
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final float QUALITY = 0.9f;

  private final Console console;
  private final Interrupt interrupt;
  private final Object connecting = new Object();
  private ReadInterrupt reading;
  private long published;

  /** How frames are coded. */
  enum As {
    UNITS,
    JPEG
  }

  @Parameters(paramLabel = "FILE|URL", description = "A video file, or a camera: rtsp://HOST/PATH.")
  private String what;

  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--stream",
      paramLabel = "ID",
      description = "The stream's id; a file's name if not told.")
  private String stream;

  @Option(
      names = "--as",
      paramLabel = "FORM",
      defaultValue = "units",
      description = "units: as they are (${DEFAULT-VALUE}); jpeg: decoded, a JPEG a frame.")
  private As as;

  @Option(
      names = "--realtime",
      description = "At the pace at which it was recorded; else as fast as Kafka takes it.")
  private boolean realtime;

  @Option(
      names = "--credentials",
      paramLabel = "WHERE",
      defaultValue = "",
      description =
          "Of a camera: env:NAME or file:PATH, which hold user:password, or for srt the passphrase.")
  private String credentials;

  @Option(
      names = "--certificates",
      paramLabel = "FILE",
      defaultValue = "",
      description = "Of a camera, certificates to trust, PEM (the machine's).")
  private String certificates;

  @Option(names = "--no-verify", description = "Take any certificate of a camera.")
  private boolean anyCertificate;

  @Option(
      names = "--transport",
      paramLabel = "NAME",
      defaultValue = "tcp",
      description = "Of RTSP: tcp (${DEFAULT-VALUE}) or udp.")
  private Transport transport;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of the topic, if it has to be made (${DEFAULT-VALUE}).")
  private int partitions;

  @Option(
      names = "--replicas",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of the topic, if it has to be made (${DEFAULT-VALUE}).")
  private int replicas;

  @Mixin private LogOptions logs;

  PublishCommand(Console console, Interrupt interrupt) {
    this.console = console;
    this.interrupt = interrupt;
  }

  @Override
  public Integer call() throws VideoException {
    logs.apply(Path.of("vigil.log"));
    requireUsage();
    var connection = kafka.connection();
    try {
      return (isCamera() ? camera(connection) : file(connection)).code();
    } catch (KafkaException e) {
      throw new CommandException(
          ExitCode.FAILED,
          "%s: %s; %,d frames were sent before"
              .formatted(
                  kafka.topic(),
                  connection.withoutSecrets(String.valueOf(e.getMessage())),
                  published),
          e);
    } finally {
      console.endLine();
    }
  }

  private boolean isCamera() {
    return what.matches("[A-Za-z][A-Za-z0-9+.-]*://.*");
  }

  private void requireUsage() {
    if (partitions < 1 || replicas < 1 || replicas > Short.MAX_VALUE) {
      throw new CommandException(ExitCode.USAGE, "--partitions and --replicas must be 1 or more");
    }
    if (isCamera() && stream == null) {
      throw new CommandException(
          ExitCode.USAGE, "--stream is missing: a camera's stream needs an id, such as gate");
    }
    if (stream != null && !stream.matches("[^\\p{Cntrl}]{1,200}") || "".equals(stream)) {
      throw new CommandException(
          ExitCode.USAGE, "--stream: an id has 1 to 200 letters, and no control characters");
    }
  }

  /** Most bytes that the topic takes in a record, after Kafka was asked whether it is there. */
  private long mostBytes(KafkaConnection connection) {
    var facts =
        KafkaChecks.of(connection, new AtLeastOnce())
            .writingLarge(kafka.topic(), FrameLimits.USUAL.mostBytes())
            .createTopics(partitions, replicas)
            .run();
    return facts.mostBytes().getOrDefault(kafka.topic(), (long) FrameLimits.USUAL.mostBytes());
  }

  private ExitCode file(KafkaConnection connection) throws VideoException {
    var path = Path.of(what);
    var name = stream == null ? path.getFileName().toString() : stream;
    try (var frames = open(path)) {
      long mostBytes = mostBytes(connection);
      interrupt.drainable();
      try (var producer = producer(connection, mostBytes)) {
        var records = new FrameRecords(kafka.topic(), name, FileSession.of(path));
        publication(producer, records, mostBytes, false).run(frames);
      }
    }
    return ended(name);
  }

  private Frames open(Path path) throws VideoException {
    return as == As.JPEG
        ? Frames.asJpeg(VideoDecoder.open(path, 0), QUALITY)
        : Frames.asTheyAre(VideoUnits.open(path, new ReadInterrupt()));
  }

  private FrameProducer producer(KafkaConnection connection, long mostBytes) {
    return new FrameProducer(connection, (int) Math.min(mostBytes, 1 << 30));
  }

  private Publication publication(
      FrameProducer producer, FrameRecords records, long mostBytes, boolean live) {
    long before = published;
    return new Publication(
        producer,
        records,
        live,
        realtime && !live,
        mostBytes,
        interrupt::requested,
        sent -> progress(before + sent));
  }

  private void progress(long frames) {
    published = frames;
    if (console.terminal()) {
      console.line("%,d frames".formatted(frames));
    }
  }

  private ExitCode ended(String name) {
    console.endLine();
    console.print(
        "%s: %,d frames of %s to %s"
            .formatted(interrupt.requested() ? "Stopped" : "Done", published, name, kafka.topic()));
    if (interrupt.requested()) {
      return ExitCode.INTERRUPTED;
    }
    return published == 0 ? ExitCode.FAILED : ExitCode.DONE;
  }

  private ExitCode camera(KafkaConnection connection) {
    var camera =
        CameraDefinition.builder(stream, what)
            .transport(transport)
            .credentials(credentials)
            .certificates(certificates)
            .verifyCertificates(!anyCertificate)
            .build();
    if (!camera.problems().isEmpty()) {
      throw new CommandException(ExitCode.USAGE, String.join("\nvigil: ", camera.problems()));
    }
    long mostBytes = mostBytes(connection);
    interrupt.drainable();
    var watch = new Thread(this::raiseWhenStopped, "publish stop");
    watch.setDaemon(true);
    watch.start();
    var backOff = new BackOff(() -> ThreadLocalRandom.current().nextDouble());
    try (var producer = producer(connection, mostBytes)) {
      while (!interrupt.requested()) {
        long before = published;
        session(camera, producer, mostBytes);
        if (published > before) {
          backOff.reset();
        }
        pause(backOff.next());
      }
    }
    return ended(stream);
  }

  /** One connection; what ends it is told. */
  private void session(CameraDefinition camera, FrameProducer producer, long mostBytes) {
    var records =
        new FrameRecords(kafka.topic(), stream, UUID.randomUUID().toString().replace("-", ""));
    try (var frames = connect(camera)) {
      console.endLine();
      console.tell(stream + ": connected");
      publication(producer, records, mostBytes, true).run(frames);
      if (!interrupt.requested()) {
        console.tell(stream + ": the server closed the connection; it is tried again");
      }
    } catch (VideoException e) {
      if (!interrupt.requested()) {
        console.tell("vigil: " + e.getMessage() + "; it is tried again");
      }
    }
  }

  private Frames connect(CameraDefinition camera) throws VideoException {
    var live = CameraInputs.of(camera);
    var newReading = new ReadInterrupt();
    synchronized (connecting) {
      reading = newReading;
      if (interrupt.requested()) {
        newReading.raise();
      }
    }
    return as == As.JPEG
        ? Frames.asJpeg(VideoDecoder.open(live, newReading), QUALITY)
        : Frames.asTheyAre(VideoUnits.open(live, newReading));
  }

  /** A read that waits for a camera knows nothing of signals. */
  private void raiseWhenStopped() {
    while (!interrupt.requested()) {
      LockSupport.parkNanos(LOOK.toNanos());
    }
    synchronized (connecting) {
      if (reading != null) {
        reading.raise();
      }
    }
  }

  private void pause(Duration wait) {
    long end = System.nanoTime() + wait.toNanos();
    while (!interrupt.requested() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }
}
