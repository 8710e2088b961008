package io.vigil.pipeline.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a released version has written into checkpoints is read, and written so by that version. */
class StateFormTest {

  static List<StateForm<?>> forms() {
    return StateForms.all();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void theFormIsThatOfItsVersion(StateForm<?> form) throws Exception {
    assertThat(form.kept()).as("a new version is kept when it is released: compat/keep").exists();
    var kept = Files.readString(form.kept()).strip();
    assertThat(form.written())
        .as("the form has changed and its version has not; raise it, and keep reading this one")
        .isEqualTo(kept);
    assertThat(form.read(kept)).isEqualTo(form.sample());
  }

  /** Also in a form that is no more written: whoever upgrades has a savepoint in it. */
  @ParameterizedTest
  @MethodSource("forms")
  void everyFormThatWasReleasedIsStillRead(StateForm<?> form) throws Exception {
    var released = form.released();
    assertThat(released).containsKey(form.serializer().getVersion());
    for (var one : released.entrySet()) {
      var hex = Files.readString(one.getValue());
      assertThatCode(() -> form.read(one.getKey(), hex))
          .as("%s is read no more", one.getValue())
          .doesNotThrowAnyException();
    }
  }
}
