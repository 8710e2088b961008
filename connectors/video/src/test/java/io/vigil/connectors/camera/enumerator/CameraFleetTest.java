package io.vigil.connectors.camera.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.camera.roster.Listing;
import io.vigil.connectors.camera.roster.Listing.Refusal;
import io.vigil.connectors.camera.split.CameraCounts;
import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.camera.split.CameraPosition;
import io.vigil.connectors.camera.split.CameraSplit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CameraFleetTest {

  private static final Set<Integer> READERS = Set.of(0, 1);

  private final CameraFleet fleet = new CameraFleet(List.of());

  private static CameraDefinition camera(String id) {
    return CameraDefinition.builder(id, "rtsp://" + id).build();
  }

  private static CameraDefinition changed(String id) {
    return CameraDefinition.builder(id, "rtsp://" + id).everyNth(2).build();
  }

  private static CameraSplit read(String id) {
    var position = new CameraPosition("s", true, true, CameraCounts.NONE, 1, 1, 1);
    return new CameraSplit(camera(id), position);
  }

  private static Listing listing(CameraDefinition... cameras) {
    var byId = new java.util.HashMap<String, CameraDefinition>();
    List.of(cameras).forEach(camera -> byId.put(camera.id(), camera));
    return new Listing(byId, List.of());
  }

  private Map<Integer, List<CameraSplit>> dealt(CameraDefinition... cameras) {
    List.of(cameras).forEach(fleet::want);
    return fleet.deal(READERS);
  }

  @Test
  void aNewCameraGoesToTheReaderThatHasFewest() {
    dealt(camera("a"), camera("b"), camera("c"));
    assertThat(fleet.owner("c")).contains(0);
    fleet.remove("a");
    fleet.gone("a", 0);
    fleet.remove("c");
    fleet.gone("c", 0);
    assertThat(dealt(camera("d"))).containsOnlyKeys(0);
    assertThat(dealt(camera("e")).values()).hasSize(1);
    assertThat(fleet.deal(READERS)).isEmpty();
  }

  @Test
  void aChangeAndARemovalGoToTheReaderThatHasTheCamera() {
    dealt(camera("a"), camera("b"));
    assertThat(fleet.want(camera("b"))).isEmpty();
    assertThat(fleet.want(changed("b"))).contains(1);
    assertThat(fleet.unwanted(listing(camera("a")))).containsOnly("b");
    assertThat(fleet.remove("b")).contains(1);
    assertThat(fleet.deal(READERS)).isEmpty();
  }

  @Test
  void aCameraWhoseDefinitionIsRefusedStays() {
    dealt(camera("a"));
    var listing = new Listing(Map.of(), List.of(new Refusal("a", "bad")));
    assertThat(fleet.unwanted(listing)).isEmpty();
  }

  /** Its reader is still ending the session of before, and no other may begin one meanwhile. */
  @Test
  void aCameraThatComesBackBeforeItIsGoneStaysWithItsReader() {
    dealt(camera("a"), camera("b"));
    fleet.remove("b");
    assertThat(fleet.want(changed("b"))).contains(1);
    fleet.gone("b", 1);
    assertThat(fleet.owner("b")).contains(1);
  }

  @Test
  void whatReadersHandInAfterARestoreGoesBackToThem() {
    fleet.returned(1, List.of(read("a"), read("b")), false);
    fleet.returned(0, List.of(read("c")), false);
    assertThat(fleet.unassigned()).hasSize(3);
    fleet.want(changed("b"));
    fleet.remove("c");
    var dealt = fleet.deal(READERS);
    assertThat(dealt.get(0)).containsExactly(read("c").retire());
    assertThat(dealt.get(1)).containsExactly(read("a"), read("b").with(changed("b")));
  }

  /** One reader fails alone; what happened since its checkpoint is in no state but this. */
  @Test
  void aReaderThatFailsGetsWhatIsWantedNow() {
    dealt(camera("a"), camera("b"), camera("c"), camera("d"));
    assertThat(fleet.owner("a")).contains(0);
    assertThat(fleet.owner("c")).contains(0);
    fleet.want(changed("a"));
    fleet.remove("c");
    fleet.want(camera("e"));
    fleet.deal(READERS);
    assertThat(fleet.owner("e")).contains(0);
    fleet.lost(0, List.of(CameraSplit.unread(camera("e"))), true);
    fleet.returned(0, List.of(read("a"), read("c")), true);
    var dealt = fleet.deal(READERS);
    assertThat(dealt).containsOnlyKeys(0);
    assertThat(dealt.get(0))
        .containsExactlyInAnyOrder(
            CameraSplit.unread(camera("e")), read("a").with(changed("a")), read("c").retire());
  }

  /** It was told of a camera and failed before it could be in a checkpoint. */
  @Test
  void aCameraThatItsReaderNeverGotIsDealtOutAgain() {
    dealt(camera("a"), camera("b"));
    fleet.returned(1, List.of(), true);
    assertThat(fleet.deal(READERS)).containsOnlyKeys(1);
  }
}
