package io.vigil.pipeline.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code vigil} command. */
@Command(
    name = "vigil",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Turns video into detection events on Kafka.",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "See boxes on a video, and its events:",
      "  vigil detect video.mp4",
      "Send the events of a folder of videos to a Kafka topic:",
      "  vigil detect videos/ --bootstrap-servers localhost:9092 --topic events",
      "",
      "vigil COMMAND --help tells more of a command."
    })
public final class Vigil implements Runnable {
  @Spec private CommandSpec spec;

  public static void main(String[] arguments) {
    // Threads of native libraries and of Flink must not keep a finished command alive
    System.exit(run(Console.ofProcess(), Interrupt.ofProcess(), arguments));
  }

  static int run(Console console, Interrupt interrupt, String... arguments) {
    var model =
        new CommandLine(new ModelCommand(console))
            .addSubcommand(new InspectCommand(console))
            .addSubcommand(new ExportCommand(console))
            .addSubcommand(new CompareCommand(console))
            .addSubcommand(new PullCommand(console));
    return new CommandLine(new Vigil())
        .addSubcommand(new DetectCommand(console, interrupt))
        .addSubcommand(new RunCommand(console, interrupt))
        .addSubcommand(new PublishCommand(console, interrupt))
        .addSubcommand(new RedriveCommand(console, interrupt))
        .addSubcommand(new ProbeCommand(console))
        .addSubcommand(model)
        .addSubcommand(new EvalCommand(console, interrupt))
        .addSubcommand(new FramesCommand(console))
        .addSubcommand(new TrainCommand(console, interrupt))
        .addSubcommand(new BenchCommand(console))
        .addSubcommand(new ChaosCommand(console))
        .addSubcommand(new SoakCommand(console))
        .addSubcommand(new MetricsCommand(console))
        .addSubcommand(new DeviceCommand(console))
        .setOut(new PrintWriter(console.out(), true))
        .setErr(new PrintWriter(console.err(), true))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(100)
        .setUsageHelpLongOptionsMaxWidth(34)
        .setParameterExceptionHandler(usageProblem())
        .setExecutionExceptionHandler(failure(console))
        .execute(arguments);
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static IParameterExceptionHandler usageProblem() {
    return (exception, arguments) -> {
      var command = exception.getCommandLine();
      command.getErr().println("vigil: " + exception.getMessage() + suggestion(exception));
      command
          .getErr()
          .println(command.getCommandSpec().qualifiedName() + " --help tells what there is.");
      return ExitCode.USAGE.code();
    };
  }

  private static String suggestion(ParameterException exception) {
    if (!(exception instanceof UnmatchedArgumentException unmatched)) {
      return "";
    }
    var suggestions = unmatched.getSuggestions();
    return suggestions.isEmpty() ? "" : ". Did you mean " + suggestions.get(0) + "?";
  }

  private static IExecutionExceptionHandler failure(Console console) {
    return (exception, command, parsed) -> {
      console.tell("vigil: " + Failures.message(exception));
      if (Failures.wantsTrace(parsed)) {
        exception.printStackTrace(console.err());
      }
      return ExitCode.of(exception).code();
    };
  }
}
