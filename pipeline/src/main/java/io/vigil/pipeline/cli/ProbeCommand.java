package io.vigil.pipeline.cli;

import io.vigil.connectors.camera.reader.CameraProbe;
import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.camera.split.Transport;
import io.vigil.connectors.video.decode.VideoException;
import io.vigil.connectors.video.reader.LetterboxSettings;
import io.vigil.events.FrameEvent.DetectedObject;
import io.vigil.model.detect.Anchors;
import io.vigil.model.detect.DetectionSettings;
import io.vigil.model.detect.PostProcessor;
import io.vigil.model.runtime.DefaultModel;
import io.vigil.model.runtime.Detector;
import io.vigil.model.runtime.DetectorSettings;
import io.vigil.model.runtime.DeviceChoice;
import io.vigil.model.runtime.ModelFiles;
import io.vigil.pipeline.job.Caution;
import io.vigil.pipeline.job.ConfiguredJob;
import io.vigil.pipeline.job.Places;
import io.vigil.pipeline.report.DetectionPicture;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vigil probe}: whether a camera can be read, and what it gives. */
@Command(
    name = "probe",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description =
        "Looks at a camera or a video file for a few seconds: whether it connects, what it gives,"
            + " and one picture with its detections.",
    footer = {
      "",
      "A password belongs into the environment or a file, not into the url:",
      "  GATE=user:password vigil probe rtsp://10.0.0.7/stream1 --credentials env:GATE",
      "Exit codes: 0 it can be read; 1 it cannot; 2 wrong usage, nothing was tried."
    })
final class ProbeCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(paramLabel = "URL|FILE", description = "rtsp://HOST/PATH and the like, or a file.")
  private String source;

  @Option(
      names = "--credentials",
      paramLabel = "REFERENCE",
      defaultValue = "",
      description = "env:NAME or file:PATH, which hold user:password, or for srt the passphrase.")
  private String credentials;

  @Option(
      names = "--transport",
      paramLabel = "NAME",
      defaultValue = "tcp",
      description = "Of RTSP: tcp or udp (tcp).")
  private Transport transport;

  @Option(
      names = "--certificates",
      paramLabel = "FILE",
      defaultValue = "",
      description = "Certificates to trust, PEM (the machine's).")
  private String certificates;

  @Option(names = "--no-verify", description = "Take any certificate.")
  private boolean anyCertificate;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "Longest wait for the connection, and for a frame (10).")
  private double timeout;

  @Option(
      names = "--time",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "How long to look (5).")
  private double time;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      defaultValue = DefaultModel.NAME,
      description = "A model file (.onnx), or drawn, d0 to d7x, lite0 to lite4 (drawn).")
  private String model;

  @Option(
      names = "--score",
      paramLabel = "S",
      defaultValue = "0.3",
      description = "Lowest score of a detection that is shown (0.3).")
  private float score;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "probe.jpg",
      description = "The picture, .jpg or .png (probe.jpg).")
  private Path out;

  @Mixin private LogOptions logs;

  ProbeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    logs.apply(Path.of("vigil.log"));
    if (!(time > 0) || !(timeout > 0) || !(score >= 0 && score <= 1)) {
      throw new CommandException(
          ExitCode.USAGE, "--time and --timeout must be above 0, and --score from 0 to 1");
    }
    var camera = isFile() ? null : camera();
    var resolved = ModelFiles.resolve(model, Places.models());
    var letterbox = ConfiguredJob.letterbox(resolved.metadata(), false);
    var seen = look(camera, letterbox);
    tell(seen);
    var settings = new DetectorSettings(resolved.path().toString(), DeviceChoice.AUTO, 0);
    try (var detector = settings.open()) {
      show(seen, detector);
    }
    return ExitCode.DONE.code();
  }

  private boolean isFile() {
    return !source.matches("[A-Za-z][A-Za-z0-9+.-]*://.*") || Files.exists(Path.of(source));
  }

  private CameraDefinition camera() {
    var limit = Duration.ofMillis(Math.round(timeout * 1000));
    var camera =
        CameraDefinition.builder("probe", source)
            .credentials(credentials)
            .transport(transport)
            .certificates(certificates)
            .verifyCertificates(!anyCertificate)
            .connectTimeout(limit)
            .stallLimit(limit)
            .readTimeout(limit)
            .build();
    var problems = camera.problems();
    if (!problems.isEmpty()) {
      throw new CommandException(ExitCode.USAGE, String.join("\nvigil: ", problems));
    }
    return camera;
  }

  private CameraProbe look(CameraDefinition camera, LetterboxSettings letterbox) {
    var length = Duration.ofMillis(Math.round(time * 1000));
    try {
      return camera == null
          ? CameraProbe.of(Path.of(source), length, letterbox)
          : CameraProbe.of(camera, length, letterbox);
    } catch (VideoException e) {
      throw new CommandException(ExitCode.FAILED, e.getMessage(), e);
    }
  }

  private void tell(CameraProbe seen) {
    var info = seen.info();
    print(
        "connected   in %.1f s: %s, %s, %d x %d",
        seen.connected().toMillis() / 1000.0,
        info.container(),
        info.codec(),
        info.width(),
        info.height());
    print(
        "frame rate  %s declared, %s measured (%d frames in %.1f s)",
        info.framesPerSecond() > 0
            ? String.format(Locale.ROOT, "%.2f", info.framesPerSecond())
            : "none",
        seen.framesPerSecond().isPresent()
            ? String.format(Locale.ROOT, "%.2f", seen.framesPerSecond().getAsDouble())
            : "none",
        seen.frames(),
        seen.seconds());
    print(
        "key frames  %s",
        seen.keyFrameSeconds().isPresent()
            ? String.format(
                Locale.ROOT, "at most %.2f s apart", seen.keyFrameSeconds().getAsDouble())
            : String.format(Locale.ROOT, "more than %.1f s apart", seen.seconds()));
    print("clock       %s", clock(seen));
  }

  private String clock(CameraProbe seen) {
    if (isFile()) {
      return "none, a file has only its own times";
    }
    return seen.senderBehindMillis().isPresent()
        ? "rtcp, the camera's own: the last frame was taken %d ms ago"
            .formatted(seen.senderBehindMillis().getAsLong())
        : "ingest, this machine's: no sender report told the camera's in %.1f s"
            .formatted(seen.seconds());
  }

  private void show(CameraProbe seen, Detector detector) {
    var letterbox = seen.letterbox();
    var pixels = ByteBuffer.allocateDirect(seen.rgb().length).put(seen.rgb()).flip();
    var candidates = detector.infer(pixels, 1, letterbox.height(), letterbox.width()).get(0);
    var labels = detector.model().labels();
    var anchors =
        Anchors.of(detector.model().anchorLayout(), letterbox.height(), letterbox.width());
    List<DetectedObject> objects =
        new PostProcessor(DetectionSettings.withScore(score))
            .detect(candidates, anchors, letterbox).stream()
                .map(
                    found ->
                        new DetectedObject(
                            labels.get(found.classIndex()).id(),
                            labels.get(found.classIndex()).name(),
                            found.score(),
                            found.x1(),
                            found.y1(),
                            found.x2(),
                            found.y2()))
                .toList();
    DetectionPicture.write(seen.picture(), objects, out);
    print("picture     %s, with %d detections", out, objects.size());
    for (var object : objects) {
      print(
          "  %s %.2f  [%.1f, %.1f, %.1f, %.1f]",
          object.className(), object.score(), object.x1(), object.y1(), object.x2(), object.y2());
    }
    Caution.of(detector.model()).ifPresent(console::tell);
  }

  private void print(String format, Object... values) {
    console.print(String.format(Locale.ROOT, format, values));
  }
}
