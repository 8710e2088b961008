package io.vigil.pipeline.operator;

import io.vigil.connectors.video.source.ImmutableSerializer;
import io.vigil.connectors.video.source.ImmutableType;
import io.vigil.events.Event;
import io.vigil.events.EventJson;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The type of {@link Event} for Flink: between tasks it is written in the JSON of the topics. */
public final class EventType {

  public static final TypeInformation<Event> INSTANCE =
      new ImmutableType<>(Event.class, new Serializer());

  private EventType() {}

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

  /** Version of the format; written into savepoints of jobs that keep events. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Event> {
    public Snapshot() {
      super(Serializer::new);
    }
  }
}
