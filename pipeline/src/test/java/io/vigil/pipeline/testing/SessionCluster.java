package io.vigil.pipeline.testing;

import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.core.plugin.DefaultPluginManager;
import org.apache.flink.core.plugin.PluginDescriptor;
import org.apache.flink.core.plugin.PluginManager;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskExecutorResourceUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.FileUtils;

/**
 * A job manager and a task manager as their own main classes start them, in this process. Flink's
 * MiniCluster leaves out what the test is of: external resources, and jobs sent over HTTP.
 */
public final class SessionCluster {

  private final StandaloneSessionClusterEntrypoint jobManager;
  private final TaskManagerRunner taskManager;
  private final Path folder;

  private SessionCluster(Map<String, String> settings) throws Exception {
    folder = Files.createTempDirectory("vigil-session");
    var all = new HashMap<>(defaults(folder));
    all.putAll(settings);
    jobManager = new StandaloneSessionClusterEntrypoint(Configuration.fromMap(all));
    jobManager.startCluster();
    var configuration =
        TaskExecutorResourceUtils.adjustForLocalExecution(Configuration.fromMap(all));
    taskManager =
        new TaskManagerRunner(
            configuration, plugins(configuration), TaskManagerRunner::createTaskExecutorService);
    taskManager.start();
  }

  /**
   * @param settings as in Flink's {@code config.yaml}
   */
  public static SessionCluster start(Map<String, String> settings) throws Exception {
    return new SessionCluster(settings);
  }

  /** Flink looks for drivers of external resources among its plugins, and nowhere else. */
  private static PluginManager plugins(Configuration configuration) {
    var tests = SessionCluster.class.getProtectionDomain().getCodeSource().getLocation();
    return new DefaultPluginManager(
        List.of(new PluginDescriptor("gpu", new URL[] {tests}, new String[0])),
        CoreOptions.getPluginParentFirstLoaderPatterns(configuration));
  }

  private static Map<String, String> defaults(Path folder) throws Exception {
    return Map.ofEntries(
        Map.entry("jobmanager.rpc.address", "127.0.0.1"),
        Map.entry("jobmanager.rpc.port", Integer.toString(FreePort.find())),
        Map.entry("rest.port", "0"),
        Map.entry("rest.bind-address", "127.0.0.1"),
        Map.entry("rest.address", "127.0.0.1"),
        Map.entry("taskmanager.host", "127.0.0.1"),
        Map.entry("io.tmp.dirs", folder.toString()));
  }

  /** A job made with it is sent to this cluster. */
  public StreamExecutionEnvironment environment(Configuration more) {
    var environment =
        StreamExecutionEnvironment.createRemoteEnvironment(
            "127.0.0.1", jobManager.getRestPort(), more);
    return environment;
  }

  public void stop() throws Exception {
    taskManager.close();
    jobManager.closeAsync().get();
    FileUtils.deleteDirectory(folder.toFile());
  }
}
