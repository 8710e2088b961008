package io.vigil.pipeline.testing;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.externalresource.ExternalResourceDriver;
import org.apache.flink.api.common.externalresource.ExternalResourceDriverFactory;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.apache.flink.configuration.Configuration;

/** A driver of Flink's that tells the GPUs of its parameter {@code indices}, without looking. */
public final class ListedGpus implements ExternalResourceDriverFactory {

  private record Gpu(String index) implements ExternalResourceInfo {
    @Override
    public Optional<String> getProperty(String key) {
      return key.equals("index") ? Optional.of(index) : Optional.empty();
    }

    @Override
    public Collection<String> getKeys() {
      return List.of("index");
    }
  }

  @Override
  public ExternalResourceDriver createExternalResourceDriver(Configuration settings) {
    return amount -> gpus(settings.getString("indices", ""), amount);
  }

  private static Set<Gpu> gpus(String indices, long amount) {
    return Arrays.stream(indices.split(","))
        .limit(amount)
        .map(Gpu::new)
        .collect(Collectors.toSet());
  }
}
