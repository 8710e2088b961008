package io.vigil.pipeline.cli;

import io.vigil.model.runtime.ModelFiles;
import io.vigil.model.weights.pull.EnvironmentProxies;
import io.vigil.model.weights.pull.PublishedWeights;
import io.vigil.model.weights.pull.WeightsPull;
import io.vigil.pipeline.job.Places;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vigil model pull}: published weights, ready for {@code --model NAME}. */
@Command(
    name = "pull",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Gets published weights, checks their digest and keeps them, so that --model NAME finds them."
          + " Goes on where an earlier pull ended. Without a name it lists what there is.",
      "",
      "Proxies are taken from HTTPS_PROXY, HTTP_PROXY and NO_PROXY."
    })
final class PullCommand implements Callable<Integer> {
  private static final long BETWEEN_LINES = 2_000_000_000L;

  private final Console console;
  private long lastLine = System.nanoTime();

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "Such as d0, lite0, google-d0 or zylo117-d0.")
  private String name;

  @Option(
      names = "--mirror",
      paramLabel = "PLACE",
      description = "Where the same files are: a folder, or an http(s) address.")
  private String mirror;

  @Option(
      names = "--sha256",
      paramLabel = "HEX",
      description = "The digest that you trust, where it is not the one that Vigil knows.")
  private String sha256;

  PullCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (name == null) {
      console.print(list());
      return ExitCode.DONE.code();
    }
    var weights = trusted(PublishedWeights.named(name));
    var proxies = new EnvironmentProxies(System.getenv(), ProxySelector.getDefault());
    var pull = new WeightsPull(ModelFiles.weights(Places.models()), mirror(), proxies);
    tell(weights, pulled(pull, weights));
    return ExitCode.DONE.code();
  }

  private PublishedWeights trusted(PublishedWeights weights) {
    if (sha256 == null) {
      return weights;
    }
    if (!sha256.matches("[0-9a-fA-F]{64}")) {
      throw new CommandException(
          ExitCode.USAGE, "--sha256 " + sha256 + ": must be the 64 hex digits of a SHA-256");
    }
    return weights.withSha256(sha256);
  }

  private Optional<URI> mirror() {
    if (mirror == null || mirror.matches("(file|https?):.*")) {
      return Optional.ofNullable(mirror).map(URI::create);
    }
    if (Files.isDirectory(Path.of(mirror))) {
      return Optional.of(Path.of(mirror).toUri());
    }
    throw new CommandException(
        ExitCode.USAGE, "--mirror " + mirror + ": is no folder, and no http: or https: address");
  }

  private Path pulled(WeightsPull pull, PublishedWeights weights) {
    try {
      return pull.pull(weights, bytes -> progress(weights, bytes));
    } finally {
      console.endLine();
    }
  }

  private void progress(PublishedWeights weights, long bytes) {
    var line =
        weights
            .bytes()
            .map(all -> "%s: %.1f of %.1f MB".formatted(weights.name(), bytes / 1e6, all / 1e6))
            .orElseGet(() -> "%s: %.1f MB".formatted(weights.name(), bytes / 1e6));
    if (console.terminal()) {
      console.line(line);
    } else if (System.nanoTime() - lastLine > BETWEEN_LINES) {
      console.tell(line);
      lastLine = System.nanoTime();
    }
  }

  private void tell(PublishedWeights weights, Path file) {
    console.print(file.toString());
    if (weights.sha256().isEmpty()) {
      console.tell(
          "No digest of this file was published; it has " + file.getParent().getFileName());
    }
    console.tell(
        weights.purpose().backbone()
            ? "Now: vigil model export %s --weights %s --keep backbone --out START.safetensors"
                .formatted(weights.level(), file)
            : "Now: vigil detect VIDEO --model " + weights.name());
  }

  private static String accuracy(PublishedWeights weights) {
    if (weights.purpose().backbone()) {
      return "backbone";
    }
    return "AP " + (weights.valAp().isEmpty() ? "?" : weights.valAp());
  }

  private static String list() {
    return PublishedWeights.all().stream()
        .map(
            weights ->
                "%-14s %-6s %-8s  %-10s  %s"
                    .formatted(
                        weights.name(),
                        weights.level(),
                        accuracy(weights),
                        weights.licence(),
                        weights.address()))
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
