package io.vigil.connectors.camera.roster;

import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.camera.split.Overload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Cameras as lines of id, url and n of every n-th frame; a url of "bad" is refused. */
public final class Lines implements DefinitionReader {

  private static final long serialVersionUID = 1L;

  @Override
  public Listing many(String text) throws IOException {
    if (!text.endsWith("\n")) {
      throw new IOException("the last line is not whole");
    }
    var cameras = new HashMap<String, CameraDefinition>();
    var refused = new ArrayList<Listing.Refusal>();
    for (var line : text.strip().split("\n")) {
      if (!line.isBlank()) {
        var words = line.split(" ");
        var one = one(words[0], line.substring(words[0].length() + 1));
        cameras.putAll(one.cameras());
        refused.addAll(one.refused());
      }
    }
    return new Listing(cameras, refused);
  }

  @Override
  public Listing one(String cameraId, String text) {
    var words = text.split(" ");
    if (words[0].equals("bad")) {
      return new Listing(Map.of(), List.of(new Listing.Refusal(cameraId, "its url is bad")));
    }
    var camera =
        CameraDefinition.builder(cameraId, words[0])
            .everyNth(Integer.parseInt(words[1]))
            .overload(Overload.BLOCK)
            .build();
    return new Listing(Map.of(cameraId, camera), List.of());
  }
}
