package io.vigil.pipeline.type;

import io.vigil.events.Event;
import io.vigil.events.EventJson;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Events between operators, in the JSON of the topics where they cross a network. */
public final class EventType extends SingletonType<Event> {
  private static final long serialVersionUID = 1L;

  public EventType() {
    super(Event.class, new Serializer());
  }

  /** Length and JSON. */
  public static final class Serializer extends ImmutableSerializer<Event> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(Event event, DataOutputView target) throws IOException {
      var json = EventJson.write(event);
      target.writeInt(json.length);
      target.write(json);
    }

    @Override
    public Event deserialize(DataInputView source) throws IOException {
      var json = new byte[source.readInt()];
      source.readFully(json);
      return EventJson.read(json);
    }

    @Override
    public TypeSerializerSnapshot<Event> snapshotConfiguration() {
      return new Snapshot();
    }
  }

  /** Of the serializer, in savepoints. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Event> {
    public Snapshot() {
      super(Serializer::new);
    }
  }
}
