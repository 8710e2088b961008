package io.vigil.pipeline.cli;

import io.vigil.model.runtime.DeviceChoice;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code vigil device}. */
@Command(
    name = "device",
    mixinStandardHelpOptions = true,
    description =
        "Tells what networks run on here, and of a GPU that cannot be used which library is missing"
            + " or of another version.")
final class DeviceCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(
      paramLabel = "DEVICE",
      arity = "0..1",
      defaultValue = "auto",
      description = "cpu, gpu or auto (auto); gpu exits with 1 where it cannot be used.")
  private DeviceChoice device;

  DeviceCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (device == DeviceChoice.CPU) {
      console.print("cpu");
      return ExitCode.DONE.code();
    }
    var problem = DeviceChoice.gpuProblem();
    console.print(problem.isEmpty() ? "gpu" : "cpu; a GPU cannot be used: " + problem.get());
    boolean failed = problem.isPresent() && device == DeviceChoice.GPU;
    return (failed ? ExitCode.FAILED : ExitCode.DONE).code();
  }
}
