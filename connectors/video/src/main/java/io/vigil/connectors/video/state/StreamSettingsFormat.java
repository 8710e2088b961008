package io.vigil.connectors.video.state;

import io.vigil.connectors.video.Mask;
import io.vigil.connectors.video.StreamSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The form of a stream's settings, in checkpoints and between tasks. */
public final class StreamSettingsFormat {

  private StreamSettingsFormat() {}

  public static void write(StreamSettings settings, DataOutputView out) throws IOException {
    out.writeBoolean(settings.score() != null);
    if (settings.score() != null) {
      out.writeDouble(settings.score());
    }
    out.writeInt(settings.classes().size());
    for (var name : settings.classes()) {
      out.writeUTF(name);
    }
    out.writeInt(settings.masks().size());
    for (var mask : settings.masks()) {
      writeMask(mask, out);
    }
  }

  private static void writeMask(Mask mask, DataOutputView out) throws IOException {
    out.writeInt(mask.corners().size());
    for (var corner : mask.corners()) {
      out.writeDouble(corner.x());
      out.writeDouble(corner.y());
    }
  }

  public static StreamSettings read(DataInputView in) throws IOException {
    Double score = in.readBoolean() ? in.readDouble() : null;
    int names = in.readInt();
    var classes = new ArrayList<String>();
    for (int i = 0; i < names; i++) {
      classes.add(in.readUTF());
    }
    int polygons = in.readInt();
    var masks = new ArrayList<Mask>();
    for (int i = 0; i < polygons; i++) {
      masks.add(new Mask(corners(in)));
    }
    var settings = new StreamSettings(score, classes, masks);
    return settings.equals(StreamSettings.USUAL) ? StreamSettings.USUAL : settings;
  }

  private static List<Mask.Corner> corners(DataInputView in) throws IOException {
    int count = in.readInt();
    var corners = new ArrayList<Mask.Corner>();
    for (int i = 0; i < count; i++) {
      corners.add(new Mask.Corner(in.readDouble(), in.readDouble()));
    }
    return corners;
  }
}
