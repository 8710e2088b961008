package io.vigil.pipeline.cli;

import io.vigil.pipeline.config.JobConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a detect run is going to do.
 *
 * @param directory of the run; not made yet if it is new
 * @param values by key of the configuration, as given
 * @param config read from them
 * @param files by stream id
 * @param problems of what was asked for and is not there
 * @param extras what is made beside the events
 * @param resumed what the run was started with, if it goes on
 */
record DetectPlan(
    RunDirectory directory,
    Map<String, Object> values,
    JobConfig config,
    Map<String, Path> files,
    List<String> problems,
    Extras extras,
    Optional<Request> resumed) {}
