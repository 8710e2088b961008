package io.vigil.model.weights.names;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.golden.GoldenFile;
import io.vigil.model.golden.KeyMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameSchemeTest {

  @ParameterizedTest
  @ValueSource(strings = {"d0", "d1", "d2", "d3", "d6_512", "d7x_512"})
  void everyTensorOfBothFamiliesHasItsNameAndShape(String level) {
    var file = "key_map_" + level + ".json";

    KeyMap.of(GoldenFile.read(file)).assertMatches(file);
  }

  @Test
  void levelFirstModelsSwapLevelAndRepeatInTheHeads() {
    var config = EfficientDetConfig.named("d0");
    var canonical = "class.layer2.norm.p7.mean";

    assertThat(NameScheme.RWIGHTMAN.table(config).of(canonical))
        .isEqualTo("class_net.bn_rep.2.4.bn.running_mean");
    assertThat(NameScheme.RWIGHTMAN_LEVEL_FIRST.table(config).of(canonical))
        .isEqualTo("class_net.bn_rep.4.2.running_mean");
  }
}
