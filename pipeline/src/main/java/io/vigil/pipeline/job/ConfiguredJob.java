package io.vigil.pipeline.job;

import io.vigil.connectors.camera.source.CameraSource;
import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.frames.source.FramesSource;
import io.vigil.connectors.video.StreamSettings;
import io.vigil.connectors.video.VideoRecord;
import io.vigil.connectors.video.decode.Fill;
import io.vigil.connectors.video.reader.DecoderThreads;
import io.vigil.connectors.video.reader.LetterboxSettings;
import io.vigil.connectors.video.source.VideoSource;
import io.vigil.model.detect.DetectionSettings;
import io.vigil.model.runtime.DetectorSettings;
import io.vigil.model.runtime.DeviceChoice;
import io.vigil.model.runtime.GpuSettings;
import io.vigil.model.runtime.ModelFiles;
import io.vigil.model.runtime.ModelMetadata;
import io.vigil.model.runtime.ModelMetadata.Label;
import io.vigil.pipeline.batch.BatchSettings;
import io.vigil.pipeline.config.ClassNames;
import io.vigil.pipeline.config.ConfigException;
import io.vigil.pipeline.config.JobConfig;
import io.vigil.pipeline.config.Problem;
import io.vigil.pipeline.operator.InferenceSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A configuration made into a job: what of it the source needs, what the operator, and the graph.
 *
 * @param files by stream id, on every machine that may read them; none if cameras are looked at
 * @param detection the configuration's, with classes as places in the model's label map
 */
public record ConfiguredJob(
    JobConfig config,
    Map<String, Path> files,
    ModelFiles.Resolved model,
    DetectionSettings detection) {

  /**
   * @throws io.vigil.pipeline.config.ConfigException if a class is not one of the model's, or it
   *     does not give as many candidates as are asked for
   */
  public static ConfiguredJob of(
      JobConfig config, Map<String, Path> files, ModelFiles.Resolved model) {
    var square = config.model().square();
    requireKnownClasses(config.cameras(), model.metadata().labels());
    var detection =
        DetectionRules.of(config.detection(), model.metadata(), square, "The configuration");
    return new ConfiguredJob(config, files, model, detection);
  }

  private static void requireKnownClasses(List<CameraDefinition> cameras, List<Label> labels) {
    var problems = new ArrayList<Problem>();
    var names = new ClassNames(labels, problems);
    for (var camera : cameras) {
      var key = "cameras." + camera.id() + ".classes";
      camera.settings().classes().forEach(name -> names.indices(key, name));
    }
    if (!problems.isEmpty()) {
      throw new ConfigException("The configuration", problems);
    }
  }

  /** Puts the job together, under its name unless Flink was told another. */
  public void build(StreamExecutionEnvironment environment, JobSinks sinks) {
    if (environment.getConfiguration().getOptional(PipelineOptions.NAME).isEmpty()) {
      environment.configure(new Configuration().set(PipelineOptions.NAME, config.name()));
    }
    DetectionJob.build(environment, source(), inference(), sinks);
  }

  /** Ids of what is looked at; none if they are not known, as those that come and go. */
  public Set<String> streams() {
    return config.isLive()
        ? config.cameras().stream().map(CameraDefinition::id).collect(Collectors.toSet())
        : files.keySet();
  }

  private Source<VideoRecord, ?, ?> source() {
    var letterbox = letterbox(model.metadata(), config.model().square());
    if (config.frames().isPresent()) {
      var asked = config.frames().get();
      return FramesSource.of(
          EventOutput.connection(config.kafka()),
          asked.topic(),
          asked.from(),
          asked.limits(),
          letterbox);
    }
    return config.isLive()
        ? CameraSource.of(Rosters.of(config, model.metadata()), letterbox)
        : files(letterbox);
  }

  private VideoSource files(LetterboxSettings letterbox) {
    var asked = config.source();
    var source =
        VideoSource.builder()
            .setLetterbox(letterbox)
            .setStream(StreamSettings.masked(asked.masks()))
            .setStart(asked.start())
            .setDecoderThreads(decoderThreads(config.model().device()));
    files.forEach(source::addFile);
    asked.end().ifPresent(source::setEnd);
    asked.fps().ifPresent(source::setSamplingRate);
    return source.build();
  }

  /** Where the network may run on the CPU, decoding leaves it most of the cores. */
  public static DecoderThreads decoderThreads(DeviceChoice device) {
    return device == DeviceChoice.GPU ? DecoderThreads.EVERY_CORE : DecoderThreads.QUARTER_OF_CORES;
  }

  /**
   * Pictures as the model takes them, filled up with its mean colour, which normalisation turns
   * into the zeros that the reference pads with.
   */
  public static LetterboxSettings letterbox(ModelMetadata model, boolean square) {
    var mean = model.mean();
    var fill =
        new Fill((int) Math.round(mean[0]), (int) Math.round(mean[1]), (int) Math.round(mean[2]));
    return new LetterboxSettings(model.resolution(), model.sizeMultiple(), square, fill);
  }

  /**
   * Looks whether the network can run in this process.
   *
   * @throws io.vigil.model.runtime.DeviceUnavailableException if its device is not here
   */
  public ConfiguredJob requireDevice() {
    detector().requireDevice();
    return this;
  }

  InferenceSettings inference() {
    var batch = config.batch();
    var detector = detector();
    return new InferenceSettings(
        new ModelDetector(detector),
        BatchSettings.of(batch.size(), batch.timeout())
            .withConcurrent(batch.concurrent())
            .withPadded(batch.padded() || detector.wantsEqualBatches()),
        detection);
  }

  private DetectorSettings detector() {
    var asked = config.model();
    var gpu =
        new GpuSettings(0, false, asked.gpuMemory(), asked.cpuFallback(), asked.gpuArithmetic());
    return new DetectorSettings(model.path().toString(), asked.device(), asked.threads(), gpu);
  }
}
