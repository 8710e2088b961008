package io.vigil.model.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vigil.model.config.PoolPadding;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Files that nobody here has seen hold other levels, sizes and inputs. */
class ReferenceFileTest {

  @Test
  void levelSizeAndInputAreThoseOfTheFile() throws JsonProcessingException {
    var file =
        file(
            """
            {"model": "D7X_256x512", "family": "rwightman", "pool_pad": "filled with -inf",
             "formula": {"input": "name 'other', shape [1,3,256,512], value float32(0.5 - 3*x)"},
             "class_logits": [{"shape": [1, 810, 32, 64]}]}
            """);

    assertThat(file.config().name()).isEqualTo("d7x");
    assertThat(file.config().poolPadding()).isEqualTo(PoolPadding.MINUS_INFINITY);
    assertThat(file.height()).isEqualTo(256);
    assertThat(file.width()).isEqualTo(512);
    assertThat(file.image()).hasSize(3 * 256 * 512);
    assertThat(file.image()[7]).isEqualTo((float) (0.5 - 3 * new Formula("other").x(7)));
  }

  @Test
  void zylo117PadsWithZeros() throws JsonProcessingException {
    assertThat(file("{\"model\": \"d4\", \"family\": \"zylo\"}").config().poolPadding())
        .isEqualTo(PoolPadding.ZERO);
  }

  @Test
  void aFolderThatIsNotThereIsTold() {
    assertThatThrownBy(() -> GoldenFolder.read(Path.of("nowhere")))
        .hasMessage("golden.dir nowhere is no folder.");
  }

  private static ReferenceFile file(String json) throws JsonProcessingException {
    return new ReferenceFile("unseen.json", new ObjectMapper().readTree(json));
  }
}
