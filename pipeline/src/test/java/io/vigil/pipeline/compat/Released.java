package io.vigil.pipeline.compat;

import io.vigil.pipeline.compat.SchemaChanges.Side;
import java.nio.file.Path;

/** The schemas that others rely on; {@code compat} keeps each as it was released. */
enum Released {
  EVENT(
      "event",
      Path.of("connectors/events/src/main/resources/io/vigil/events/event-1.schema.json"),
      Side.READERS,
      "/properties/schema/const"),
  JOB("job", Path.of("docs/job.schema.json"), Side.WRITERS, "/properties/version/const"),
  CAMERA("camera-definition", Path.of("docs/camera-definition.schema.json"), Side.WRITERS, ""),
  DEAD_LETTER("dead-letter", Path.of("docs/dead-letter.schema.json"), Side.READERS, "");

  static final Path ROOT = Path.of("..");
  static final Path KEPT = ROOT.resolve("compat");

  private final String page;
  private final Path current;
  private final Side side;
  private final String versionPlace;

  Released(String page, Path current, Side side, String versionPlace) {
    this.page = page;
    this.current = current;
    this.side = side;
    this.versionPlace = versionPlace;
  }

  Side side() {
    return side;
  }

  SchemaPages current() {
    return SchemaPages.of(ROOT.resolve(current));
  }

  int version() {
    return versionPlace.isEmpty() ? 1 : current().root().at(versionPlace).asInt();
  }

  /** What was released of the version that the program has now. */
  Path kept() {
    return KEPT.resolve("v" + version()).resolve(page + ".schema.json");
  }
}
