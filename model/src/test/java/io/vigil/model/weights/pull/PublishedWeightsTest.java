package io.vigil.model.weights.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.config.Normalization;
import io.vigil.model.detect.Convention;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of what can be pulled. */
class PublishedWeightsTest {

  /** File names of PyTorch's releases end in the digest's first eight digits. */
  private static final Pattern DIGEST_IN_NAME = Pattern.compile("-([0-9a-f]{8})\\.pth$");

  @Test
  void everyLevelHasWeights() {
    assertThat(EfficientDetConfig.names())
        .allSatisfy(level -> assertThat(PublishedWeights.named(level).level()).isEqualTo(level));
  }

  @Test
  void everyRowIsOfALevelAndComesOverHttps() {
    assertThat(PublishedWeights.all())
        .hasSizeGreaterThan(50)
        .allSatisfy(
            row -> {
              assertThat(EfficientDetConfig.named(row.level()).name()).isEqualTo(row.level());
              assertThat(row.address().getScheme()).isEqualTo("https");
              assertThat(row.sha256()).matches("([0-9a-f]{8}|[0-9a-f]{64})?");
              assertThat(row.valAp()).matches("(\\d\\d\\.\\d\\d?)?");
              var digest = DIGEST_IN_NAME.matcher(row.file());
              assertThat(!digest.find() || row.sha256().startsWith(digest.group(1)))
                  .as(row.file())
                  .isTrue();
            })
        .extracting(PublishedWeights::name)
        .doesNotHaveDuplicates();
  }

  @Test
  void advPropsAreNormalisedAsTheyWereTrained() {
    assertThat(PublishedWeights.named("google-d3-ap").purpose().normalization())
        .contains(Normalization.SYMMETRIC);
    assertThat(PublishedWeights.named("d3").purpose().normalization()).isEmpty();
    assertThat(PublishedWeights.all())
        .filteredOn(row -> row.name().endsWith("-ap"))
        .hasSize(12)
        .allMatch(row -> row.purpose().normalization().isPresent());
  }

  @Test
  void someWereTrainedForAnotherResolution() {
    assertThat(PublishedWeights.named("google-d6-640").purpose().resolution()).contains(640);
    assertThat(PublishedWeights.all())
        .filteredOn(row -> row.purpose().resolution().isPresent())
        .hasSize(5)
        .allSatisfy(
            row ->
                EfficientDetConfig.named(row.level())
                    .withResolution(row.purpose().resolution().orElseThrow()));
  }

  @Test
  void eachIsOfTheFamilyThatItIsCalledBy() {
    assertThat(PublishedWeights.named("d0").purpose().convention()).isEqualTo(Convention.EFFDET);
    assertThat(PublishedWeights.named("google-lite0").purpose().convention())
        .isEqualTo(Convention.GOOGLE);
    assertThat(PublishedWeights.named("zylo117-d7x").purpose().convention())
        .isEqualTo(Convention.ZYLO117);
    assertThat(PublishedWeights.named("imagenet-b7").purpose().backbone()).isTrue();
  }
}
