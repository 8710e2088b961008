package io.vigil.connectors.camera.roster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cameras in a file that people change while the job runs. The content counts, not the time of the
 * last change, which is coarse on some file systems, nor which file it is, as editors put another
 * in its place. A change is acted on when two looks have seen the same, so that a file which is
 * being written is not read by half.
 */
public final class FileRoster implements CameraRoster {

  private static final long serialVersionUID = 1L;
  private static final int MOST_BYTES = 16 << 20;

  private final String path;
  private final Duration interval;
  private final DefinitionReader reader;

  public FileRoster(Path path, Duration interval, DefinitionReader reader) {
    this.path = path.toString();
    this.interval = interval;
    this.reader = reader;
  }

  @Override
  public String name() {
    return path;
  }

  @Override
  public Optional<Duration> interval() {
    return Optional.of(interval);
  }

  @Override
  public Look open() {
    return new FileLook();
  }

  private final class FileLook implements Look {
    private byte[] seen;
    private byte[] understood;

    @Override
    public Optional<Listing> look() throws IOException {
      var content = content();
      boolean settled = Arrays.equals(content, seen);
      seen = content;
      if (!settled || Arrays.equals(content, understood)) {
        return Optional.empty();
      }
      var listing = reader.many(text(content));
      understood = content;
      return Optional.of(listing);
    }

    private byte[] content() throws IOException {
      var file = Path.of(path);
      if (!Files.exists(file)) {
        throw new IOException(path + ": is not there; the cameras stay as they are until it is");
      }
      if (Files.isDirectory(file)) {
        throw new IOException(path + ": is a folder; name a file of cameras");
      }
      if (Files.size(file) > MOST_BYTES) {
        throw new IOException(path + ": is larger than any list of cameras; the cameras stay");
      }
      try {
        return Files.readAllBytes(file);
      } catch (IOException e) {
        throw new IOException(path + ": cannot be read; the cameras stay as they are", e);
      }
    }

    private String text(byte[] content) throws IOException {
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      } catch (CharacterCodingException e) {
        throw new IOException(path + ": is not text in UTF-8; the cameras stay as they are", e);
      }
    }

    @Override
    public void close() {
      // It is closed after each look.
    }
  }
}
