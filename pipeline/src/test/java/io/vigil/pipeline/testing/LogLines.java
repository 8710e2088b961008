package io.vigil.pipeline.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** What Vigil logs while it is open. */
public final class LogLines implements AutoCloseable {

  private static final String VIGIL = "io.vigil";

  /** A line, and the stream that its thread worked on; null if on none. */
  public record Line(Level level, String stream, String text) {}

  private final List<Line> lines = new CopyOnWriteArrayList<>();
  private final LoggerContext context = LoggerContext.getContext(false);

  private LogLines() {}

  public static LogLines open() {
    var opened = new LogLines();
    var logger = new LoggerConfig(VIGIL, Level.INFO, false);
    logger.addAppender(opened.new Keeper(), Level.INFO, null);
    opened.context.getConfiguration().addLogger(VIGIL, logger);
    opened.context.updateLoggers();
    return opened;
  }

  public List<Line> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void close() {
    context.getConfiguration().removeLogger(VIGIL);
    context.updateLoggers();
  }

  private final class Keeper extends AbstractAppender {
    private Keeper() {
      super("lines", null, null, true, Property.EMPTY_ARRAY);
      start();
    }

    @Override
    public void append(LogEvent event) {
      String stream = event.getContextData().getValue("stream");
      lines.add(new Line(event.getLevel(), stream, event.getMessage().getFormattedMessage()));
    }
  }
}
