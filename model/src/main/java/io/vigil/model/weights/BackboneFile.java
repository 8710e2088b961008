package io.vigil.model.weights;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * An ImageNet classifier seen as the backbone of a detector: its names get the prefix that they
 * have there, and its own head is left out. timm's names are rwightman's; those of the files that
 * zylo117 starts from lack the wrapper that its convolutions have.
 *
 * @param file the classifier's
 * @param stored names in the file by those of the detector
 */
record BackboneFile(TensorFile file, SortedMap<String, String> stored) implements TensorFile {
  private static final Pattern HEAD =
      Pattern.compile("(_conv_head|_bn1|_fc|conv_head|bn2|classifier|global_pool)\\..*");
  private static final Pattern BARE_CONVOLUTION =
      Pattern.compile(
          "(.*_(?:conv_stem|expand_conv|depthwise_conv|se_reduce|se_expand|project_conv))"
              + "\\.(weight|bias)");

  /** The view, if the file is a classifier of either family. */
  static Optional<TensorFile> of(TensorFile file) {
    SortedMap<String, int[]> shapes = file.shapes();
    if (shapes.containsKey("conv_stem.weight")) {
      return Optional.of(of(file, "backbone."));
    }
    return shapes.keySet().stream().anyMatch(name -> name.startsWith("_conv_stem."))
        ? Optional.of(of(file, "backbone_net.model."))
        : Optional.empty();
  }

  private static BackboneFile of(TensorFile file, String prefix) {
    SortedMap<String, String> stored = new TreeMap<>();
    for (String name : file.shapes().keySet()) {
      if (!HEAD.matcher(name).matches()) {
        stored.put(prefix + BARE_CONVOLUTION.matcher(name).replaceFirst("$1.conv.$2"), name);
      }
    }
    return new BackboneFile(file, stored);
  }

  @Override
  public Path path() {
    return file.path();
  }

  @Override
  public String section() {
    return file.section();
  }

  @Override
  public Map<String, String> metadata() {
    return file.metadata();
  }

  @Override
  public SortedMap<String, int[]> shapes() {
    SortedMap<String, int[]> own = file.shapes();
    SortedMap<String, int[]> shapes = new TreeMap<>();
    stored.forEach((name, inFile) -> shapes.put(name, own.get(inFile)));
    return shapes;
  }

  @Override
  public ElementType type(String name) {
    return file.type(stored.get(name));
  }

  @Override
  public Map<String, Tensor> read(Collection<String> names) {
    Map<String, Tensor> read = file.read(names.stream().map(stored::get).toList());
    Map<String, Tensor> renamed = new HashMap<>();
    names.forEach(name -> renamed.put(name, read.get(stored.get(name))));
    return renamed;
  }

  @Override
  public void close() {
    file.close();
  }
}
