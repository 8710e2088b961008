package io.vigil.connectors.video.source;

import io.vigil.connectors.video.VideoRecord;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * The type of {@link VideoRecord} for Flink. Between chained operators a record is passed on as it
 * is; between tasks it is serialized with its pixels. Not for state: no pixels in checkpoints.
 */
public final class VideoRecordTypeInfo extends TypeInformation<VideoRecord> {

  public static final VideoRecordTypeInfo INSTANCE = new VideoRecordTypeInfo();

  private static final long serialVersionUID = 1L;

  private VideoRecordTypeInfo() {}

  @Override
  public TypeSerializer<VideoRecord> createSerializer(SerializerConfig config) {
    return VideoRecordSerializer.INSTANCE;
  }

  @Override
  public Class<VideoRecord> getTypeClass() {
    return VideoRecord.class;
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
    return "VideoRecord";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VideoRecordTypeInfo;
  }

  @Override
  public int hashCode() {
    return VideoRecordTypeInfo.class.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof VideoRecordTypeInfo;
  }
}
