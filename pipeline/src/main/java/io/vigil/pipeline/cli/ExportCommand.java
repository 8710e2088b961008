package io.vigil.pipeline.cli;

import io.vigil.model.backend.OnnxOptions.Precision;
import io.vigil.model.config.Normalization;
import io.vigil.model.config.Padding;
import io.vigil.model.config.PoolPadding;
import io.vigil.model.detect.AnchorLayout;
import io.vigil.model.runtime.LabelMap;
import io.vigil.model.runtime.ModelExport;
import io.vigil.model.runtime.ModelMetadata;
import io.vigil.model.runtime.ModelRecipe;
import io.vigil.model.weights.Keep;
import io.vigil.model.weights.names.NameScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vigil model export}: one ONNX file of a network and its weights. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes a model file: one ONNX file with the network, its weights, its classes and everything"
          + " else a run needs to know.",
      "",
      "Weights are PyTorch state_dict files, safetensors or TensorFlow checkpoints, in the naming of zylo117,"
          + " of rwightman (effdet) or of google/automl, which is found by itself; nothing in them is run. An --out that ends in"
          + " .safetensors gets the weights alone."
    })
final class ExportCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "NAME", description = "d0 to d7x, lite0 to lite4.")
  private String name;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "A PyTorch state_dict (.pth), safetensors, or a TensorFlow checkpoint (.tar.gz, folder);"
              + " without one the network is untrained.")
  private Path weights;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      required = true,
      description = "The model file (.onnx), or the weights alone (.safetensors).")
  private Path out;

  @Option(
      names = "--keep",
      paramLabel = "PART",
      description =
          "What of the weights is kept, to train the rest: all, body (all but the class net's last"
              + " layer) or backbone, also of an ImageNet EfficientNet (all).")
  private String keep;

  @Option(
      names = "--names",
      paramLabel = "FAMILY",
      description =
          "Names of the tensors in .safetensors: zylo117 or rwightman (those that they have).")
  private String names;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "A class a line: its name, or its id, a tab and its name (COCO's 90).")
  private Path labels;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = "Candidates a picture: fewer are faster, evaluation takes 5000 (a stream's).")
  private Integer topK;

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      description =
          "Of weights and layers: float32, or float16, which GPUs compute faster (float32).")
  private String precision;

  @Option(
      names = "--pool-padding",
      paramLabel = "VALUE",
      description = "What surrounds a max-pool: zero or -inf (the weights' family's).")
  private String poolPadding;

  @Option(
      names = "--padding",
      paramLabel = "VALUE",
      description =
          "How convolutions are padded, of a backbone alone: same, or symmetric, which timm's own"
              + " efficientnet_b* have (same; whole weights tell it).")
  private String padding;

  @Option(
      names = "--normalization",
      paramLabel = "NAME",
      description =
          "Of the pictures: imagenet, lite, or advprop for weights trained with it (the level's).")
  private String normalization;

  @Option(
      names = "--resolution",
      paramLabel = "PIXELS",
      description = "Longest side of a picture (the level's).")
  private Integer resolution;

  @Option(
      names = "--anchor-scale",
      paramLabel = "STRIDES",
      description = "Side of a level's smallest anchor, as in training (the level's).")
  private Double anchorScale;

  @Option(
      names = "--aspect-ratios",
      paramLabel = "NAME",
      description =
          "Of the anchors: pairs (1.4 x 0.7), which all published weights have, or square-roots, the"
              + " paper's (pairs).")
  private String aspectRatios;

  @Option(
      names = "--domain",
      paramLabel = "NAME",
      description = "What the weights were trained on; stands in every event (coco).")
  private String domain;

  @Option(
      names = "--licence",
      paramLabel = "SPDX",
      description = "Licence of the weights (unknown).")
  private String licence;

  @Option(names = "--force", description = "Write over a file that is there.")
  private boolean force;

  ExportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (Files.exists(out) && !force) {
      throw new CommandException(
          ExitCode.USAGE, "--out " + out + ": is there already; --force writes over it");
    }
    boolean weightsAlone = out.toString().endsWith(".safetensors");
    if (names != null && !weightsAlone) {
      throw new CommandException(
          ExitCode.USAGE, "--names " + names + ": is for an --out that ends in .safetensors only");
    }
    try {
      if (weightsAlone) {
        var family = Optional.ofNullable(names).map(NameScheme::of);
        tell(ModelExport.writeWeights(recipe(), family, out));
      } else {
        tell(ModelExport.write(recipe(), out, console::tell));
      }
      return ExitCode.DONE.code();
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, e.getMessage(), e);
    }
  }

  private ModelRecipe recipe() {
    var level = ModelCommand.named(name).name();
    var recipe = weights == null ? ModelRecipe.untrained(level) : ModelRecipe.of(level, weights);
    recipe = labels == null ? recipe : recipe.withLabels(LabelMap.read(labels));
    recipe = topK == null ? recipe : recipe.withTopK(topK);
    recipe = precision == null ? recipe : recipe.withPrecision(Precision.of(precision));
    recipe = poolPadding == null ? recipe : recipe.withPoolPadding(PoolPadding.of(poolPadding));
    recipe = padding == null ? recipe : recipe.withPadding(Padding.of(padding));
    recipe =
        normalization == null ? recipe : recipe.withNormalization(Normalization.of(normalization));
    recipe = resolution == null ? recipe : recipe.withResolution(resolution);
    recipe = anchorScale == null ? recipe : recipe.withAnchorScale(anchorScale);
    recipe =
        aspectRatios == null ? recipe : recipe.withAspectRatios(AnchorLayout.ratios(aspectRatios));
    recipe = keep == null ? recipe : recipe.withKeep(Keep.of(keep));
    recipe = domain == null ? recipe : recipe.withDomain(domain);
    return licence == null ? recipe : recipe.withLicence(licence);
  }

  private void tell(ModelExport.Written written) {
    written.notes().forEach(console::tell);
    console.print(
        "%s: weights of %s, named as %s names them, max-pools padded with %s"
            .formatted(
                out,
                written.config().name(),
                written.scheme().key(),
                written.config().poolPadding().key()));
  }

  private void tell(ModelMetadata model) {
    console.print(
        "%s: %s, %d classes, top %d, max-pools padded with %s, licence %s"
            .formatted(
                out,
                model.name(),
                model.labels().size(),
                model.topK(),
                model.poolPadding(),
                model.licence()));
    if (!model.trained()) {
      console.tell("The weights are untrained: what this model detects means nothing.");
    }
  }
}
