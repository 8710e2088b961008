package io.vigil.pipeline.job;

import io.vigil.pipeline.config.ConfigException;
import io.vigil.pipeline.config.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.JobManagerOptions.SchedulerType;
import org.apache.flink.runtime.messages.webmonitor.ClusterOverview;
import org.apache.flink.runtime.rest.messages.ClusterConfigurationInfoHeaders;
import org.apache.flink.runtime.rest.messages.ConfigurationInfoEntry;
import org.apache.flink.runtime.rest.messages.EmptyMessageParameters;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a cluster has the free slots that a job needs. Flink itself waits five minutes for them,
 * and then says so in its own terms, again and again. Where a cluster starts task managers by
 * itself, or adapts the job to what there is, nothing is asked.
 */
final class TaskSlots {

  private static final Logger LOG = LoggerFactory.getLogger(TaskSlots.class);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** Keys of those that start task managers by themselves. */
  private static final List<String> ON_DEMAND =
      List.of("kubernetes.cluster-id", "yarn.application.id");

  private TaskSlots() {}

  /**
   * Asks the cluster's job manager.
   *
   * @param cluster how it is reached, as {@code flink run} is told
   * @param patience for task managers that are just starting
   * @throws ConfigException if there are not enough
   */
  static void require(Configuration cluster, int parallelism, Duration patience, String origin) {
    try (var client = new RestClusterClient<>(cluster, StandaloneClusterId.getInstance())) {
      if (isFixed(client)) {
        requireFree(client, parallelism, patience, origin);
      }
    } catch (ConfigException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) { // declared so by Flink
      LOG.warn("The cluster does not tell its slots; whether they suffice will be seen", e);
    }
  }

  private static boolean isFixed(RestClusterClient<?> client) throws Exception {
    var told =
        client.sendRequest(
            ClusterConfigurationInfoHeaders.getInstance(),
            EmptyMessageParameters.getInstance(),
            EmptyRequestBody.getInstance());
    Map<String, String> settings =
        told.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS).stream()
            .collect(
                Collectors.toMap(
                    ConfigurationInfoEntry::getKey, ConfigurationInfoEntry::getValue, (a, b) -> b));
    var scheduler = Configuration.fromMap(settings).get(JobManagerOptions.SCHEDULER);
    return scheduler == SchedulerType.Default
        && ON_DEMAND.stream().noneMatch(settings::containsKey);
  }

  private static void requireFree(
      RestClusterClient<?> client, int parallelism, Duration patience, String origin)
      throws ExecutionException, TimeoutException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    var overview = overview(client);
    while (overview.getNumSlotsAvailable() < parallelism && System.nanoTime() - end < 0) {
      Thread.sleep(PAUSE.toMillis());
      overview = overview(client);
    }
    if (overview.getNumSlotsAvailable() < parallelism) {
      throw new ConfigException(origin, List.of(tooFew(parallelism, overview)));
    }
  }

  private static ClusterOverview overview(RestClusterClient<?> client)
      throws ExecutionException, TimeoutException, InterruptedException {
    return client.getClusterOverview().get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Problem tooFew(int parallelism, ClusterOverview there) {
    int free = there.getNumSlotsAvailable();
    return new Problem(
        "parallelism: " + parallelism,
        "the cluster has %d free task slots (%d in all, of %d task managers), and a job needs as many as its parallelism; start task managers, raise taskmanager.numberOfTaskSlots%s"
            .formatted(
                free,
                there.getNumSlotsTotal(),
                there.getNumTaskManagersConnected(),
                free == 0 ? "" : ", or set parallelism: " + free));
  }
}
