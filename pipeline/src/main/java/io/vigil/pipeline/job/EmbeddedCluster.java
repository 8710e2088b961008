package io.vigil.pipeline.job;

import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A Flink cluster in this process, and the one job that runs on it.
 *
 * @param cluster whoever started it closes it
 */
public record EmbeddedCluster(MiniCluster cluster, JobID job) {

  /**
   * @param slots of each task manager
   * @param graph puts the job together
   */
  public static EmbeddedCluster start(
      Configuration configuration,
      int taskManagers,
      int slots,
      Consumer<StreamExecutionEnvironment> graph)
      throws Exception {
    var environment = new StreamExecutionEnvironment(configuration);
    environment.setParallelism(taskManagers * slots);
    graph.accept(environment);
    var cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(taskManagers)
                .setNumSlotsPerTaskManager(slots)
                .withRandomPorts()
                .build());
    try {
      cluster.start();
      var job = environment.getStreamGraph().getJobGraph();
      cluster.submitJob(job).get();
      return new EmbeddedCluster(cluster, job.getJobID());
    } catch (Exception e) {
      cluster.closeAsync();
      throw e;
    }
  }
}
