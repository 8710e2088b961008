package io.vigil.pipeline.operator;

import io.vigil.model.runtime.DetectorException;
import java.util.List;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.apache.flink.api.common.functions.RuntimeContext;

/**
 * The GPUs that Flink gave to this task manager: its external resource {@value #RESOURCE}, which
 * {@code external-resource.gpu.*} configures. All slots of a task manager have the same.
 */
final class AssignedGpus {

  /** As Flink's documentation calls it. */
  static final String RESOURCE = "gpu";

  /** What Flink's own driver tells of a GPU, as nvidia-smi counts those that the process sees. */
  private static final String INDEX = "index";

  private AssignedGpus() {}

  /**
   * @return indices in their order; none where the resource is not configured
   * @throws DetectorException if a driver tells no index
   */
  static List<Integer> of(RuntimeContext context) {
    return context.getExternalResourceInfos(RESOURCE).stream()
        .map(AssignedGpus::index)
        .sorted()
        .toList();
  }

  private static Integer index(ExternalResourceInfo gpu) {
    var told = gpu.getProperty(INDEX).orElse("");
    if (!told.matches("\\d{1,4}")) {
      throw new DetectorException(
          "Flink's external resource '%s' tells the index '%s' of a GPU, and a number is needed, as its own nvidia-gpu-discovery.sh prints; correct external-resource.%s.param.discovery-script.path"
              .formatted(RESOURCE, told, RESOURCE));
    }
    return Integer.valueOf(told);
  }
}
