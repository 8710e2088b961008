package io.vigil.connectors.frames.suite;

import org.apache.flink.connector.testframe.environment.ClusterControllable;
import org.apache.flink.connector.testframe.environment.MiniClusterTestEnvironment;
import org.apache.flink.connector.testframe.environment.TestEnvironment;
import org.apache.flink.connector.testframe.external.ExternalContextFactory;
import org.apache.flink.connector.testframe.external.source.DataStreamSourceExternalContext;
import org.apache.flink.connector.testframe.junit.annotations.TestContext;
import org.apache.flink.connector.testframe.junit.annotations.TestEnv;
import org.apache.flink.connector.testframe.junit.annotations.TestSemantics;
import org.apache.flink.connector.testframe.testsuites.SourceTestSuiteBase;
import org.apache.flink.core.execution.CheckpointingMode;

/**
 * Flink's own tests of a bounded source, of video files. Its others write more into a split while a
 * job runs, which a file that is read as it is does not take; they are no tests here, so none is
 * aborted.
 */
class VideoSourceSuiteTest extends SourceTestSuiteBase<String> {

  @TestSemantics final CheckpointingMode[] semantics = {CheckpointingMode.EXACTLY_ONCE};

  @TestEnv final MiniClusterTestEnvironment flink = SuiteCluster.environment();

  @TestContext final ExternalContextFactory<FilesContext> contexts = FilesContext::new;

  @Override
  public void testSavepoint(
      TestEnvironment environment,
      DataStreamSourceExternalContext<String> context,
      CheckpointingMode semantic) {
    // No test
  }

  @Override
  public void testScaleUp(
      TestEnvironment environment,
      DataStreamSourceExternalContext<String> context,
      CheckpointingMode semantic) {
    // No test
  }

  @Override
  public void testScaleDown(
      TestEnvironment environment,
      DataStreamSourceExternalContext<String> context,
      CheckpointingMode semantic) {
    // No test
  }

  @Override
  public void testSourceMetrics(
      TestEnvironment environment,
      DataStreamSourceExternalContext<String> context,
      CheckpointingMode semantic) {
    // No test
  }

  @Override
  public void testTaskManagerFailure(
      TestEnvironment environment,
      DataStreamSourceExternalContext<String> context,
      ClusterControllable controller,
      CheckpointingMode semantic) {
    // No test
  }
}
