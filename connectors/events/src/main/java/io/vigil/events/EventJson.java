package io.vigil.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Events as JSON, in UTF-8 and on one line. Equal events are equal bytes: fields have one order,
 * scores 4 decimals, boxes 1.
 *
 * <pre>{@code
 * byte[] json = EventJson.write(event);
 * Event same = EventJson.read(json);
 * }</pre>
 *
 * <p>The schema is {@code event-1.schema.json} beside this class.
 */
public final class EventJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private EventJson() {}

  /**
   * @throws IllegalArgumentException if a score or a box is not a number; names it
   */
  public static byte[] write(Event event) {
    var bytes = new ByteArrayOutputStream(512);
    try (var json = MAPPER.createGenerator(bytes)) {
      new EventWriter(json).write(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * @throws MalformedEventException if it is no event, or of a later schema; says what is wrong
   */
  public static Event read(byte[] json) {
    try {
      return EventReader.read(MAPPER.readTree(json));
    } catch (JsonProcessingException e) {
      throw new MalformedEventException("Event: this is no JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new MalformedEventException("Event: this is no JSON: " + e.getMessage(), e);
    }
  }

  /** One line of an {@code events.jsonl}. */
  public static Event read(String json) {
    return read(json.getBytes(StandardCharsets.UTF_8));
  }
}
