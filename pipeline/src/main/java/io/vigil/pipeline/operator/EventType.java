package io.vigil.pipeline.operator;

import io.vigil.events.Event;
import io.vigil.events.EventJson;
import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The type of {@link Event} for Flink. Between chained operators an event is passed on as it is;
 * between tasks it is written in the JSON of the topics.
 */
public final class EventType extends TypeInformation<Event> {
  private static final long serialVersionUID = 1L;

  @Override
  public TypeSerializer<Event> createSerializer(SerializerConfig config) {
    return new Serializer();
  }

  @Override
  public Class<Event> getTypeClass() {
    return Event.class;
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public String toString() {
    return "Event";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EventType;
  }

  @Override
  public int hashCode() {
    return EventType.class.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof EventType;
  }

  /** Length and JSON. */
  public static final class Serializer extends TypeSerializerSingleton<Event> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean isImmutableType() {
      return true;
    }

    @Override
    public Event createInstance() {
      return null;
    }

    @Override
    public Event copy(Event from) {
      return from;
    }

    @Override
    public Event copy(Event from, Event reuse) {
      return from;
    }

    @Override
    public int getLength() {
      return -1;
    }

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
    public Event deserialize(Event reuse, DataInputView source) throws IOException {
      return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
      serialize(deserialize(source), target);
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
