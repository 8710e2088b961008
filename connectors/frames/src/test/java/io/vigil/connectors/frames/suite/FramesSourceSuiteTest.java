package io.vigil.connectors.frames.suite;

import org.apache.flink.connector.testframe.environment.MiniClusterTestEnvironment;
import org.apache.flink.connector.testframe.external.ExternalContextFactory;
import org.apache.flink.connector.testframe.junit.annotations.TestContext;
import org.apache.flink.connector.testframe.junit.annotations.TestEnv;
import org.apache.flink.connector.testframe.junit.annotations.TestExternalSystem;
import org.apache.flink.connector.testframe.junit.annotations.TestSemantics;
import org.apache.flink.connector.testframe.testsuites.SourceTestSuiteBase;
import org.apache.flink.core.execution.CheckpointingMode;

/** Flink's own tests of a source, all of them, of frames on Kafka. */
class FramesSourceSuiteTest extends SourceTestSuiteBase<String> {

  @TestSemantics final CheckpointingMode[] semantics = {CheckpointingMode.EXACTLY_ONCE};

  @TestEnv final MiniClusterTestEnvironment flink = SuiteCluster.environment();
  @TestExternalSystem final BrokerResource broker = new BrokerResource();

  @TestContext
  final ExternalContextFactory<FramesContext> contexts =
      test -> new FramesContext(broker.connection());
}
