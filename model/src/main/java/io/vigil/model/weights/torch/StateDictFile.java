package io.vigil.model.weights.torch;

import io.vigil.model.weights.ElementType;
import io.vigil.model.weights.Tensor;
import io.vigil.model.weights.TensorFile;
import io.vigil.model.weights.WeightsException;
import io.vigil.model.weights.torch.PickledTensor.PickledStorage;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The tensors of a PyTorch state_dict file, read without Python.
 *
 * <pre>{@code
 * try (var file = StateDictFile.open(Path.of("efficientdet.pth"))) {
 *   Tensor bias = file.read(List.of("classifier.header.pointwise_conv.conv.bias")).get(…);
 * }
 * }</pre>
 *
 * <p>A file from a stranger runs nothing and exhausts nothing: the names that its pickle may ask
 * for are listed in {@link AllowedGlobals}, its sizes are bounded by {@link ReadLimits}, and a
 * tensor is read only when it is asked for, into no more memory than its shape says.
 */
public final class StateDictFile implements TensorFile {
  private static final int PROBLEMS_SHOWN = 20;

  private final Path path;
  private final StateDictArchive archive;
  private final StateDictSection section;

  private StateDictFile(Path path, StateDictArchive archive, StateDictSection section) {
    this.path = path;
    this.archive = archive;
    this.section = section;
  }

  /**
   * Reads the names and shapes, not the values.
   *
   * @throws WeightsException if the file is no state_dict or holds anything else; all impossible
   *     tensors are told together
   */
  public static StateDictFile open(Path path) {
    return open(path, ReadLimits.DEFAULT);
  }

  static StateDictFile open(Path path, ReadLimits limits) {
    StateDictArchive archive = archive(path, limits);
    try {
      StateDictSection section = section(path, archive);
      checkTensors(path, archive, section, limits);
      return new StateDictFile(path, archive, section);
    } catch (RuntimeException failure) {
      archive.close();
      throw failure;
    }
  }

  private static StateDictSection section(Path path, StateDictArchive archive) {
    try {
      return StateDictSection.find(archive.root())
          .orElseThrow(
              () ->
                  new WeightsException(
                      ("%s holds no tensors by name: neither itself nor under state_dict, model, ema"
                              + " and the like.")
                          .formatted(path)));
    } catch (PickleRefused refused) {
      throw refusal(path, refused);
    }
  }

  private static StateDictArchive archive(Path path, ReadLimits limits) {
    try {
      return switch (TorchFormat.of(path, limits)) {
        case ZIP -> TorchArchive.open(path, limits);
        case LEGACY -> LegacyArchive.open(path, limits);
      };
    } catch (PickleRefused refused) {
      throw refusal(path, refused);
    }
  }

  private static WeightsException refusal(Path path, PickleRefused refused) {
    return new WeightsException(
        ("%s is refused: its pickle %s. It holds more than a state_dict: a whole program,"
                + " training arguments, or something hostile. Only if you trust its author, for this"
                + " runs whatever it holds, save its tensors alone: python3 -c \"import torch;"
                + " c = torch.load('%s', map_location='cpu', weights_only=False);"
                + " torch.save(c.get('state_dict', c), 'weights.pth')\"")
            .formatted(path, refused.getMessage(), path),
        refused);
  }

  private static void checkTensors(
      Path path, StateDictArchive archive, StateDictSection section, ReadLimits limits) {
    List<String> problems =
        new TreeMap<>(section.tensors())
            .entrySet().stream()
                .flatMap(
                    entry ->
                        problem(archive, entry.getValue(), limits)
                            .map(what -> Printable.text(entry.getKey()) + ": " + what)
                            .stream())
                .toList();
    if (!problems.isEmpty()) {
      throw new WeightsException(
          "%s is damaged or hostile: %d of %d tensors cannot be.%n%s"
              .formatted(path, problems.size(), section.tensors().size(), listed(problems)));
    }
  }

  private static Optional<String> problem(
      StateDictArchive archive, PickledTensor tensor, ReadLimits limits) {
    return tensor.problem(limits).or(() -> archive.problem(tensor.storage()));
  }

  private static String listed(List<String> problems) {
    String shown =
        problems.stream()
            .limit(PROBLEMS_SHOWN)
            .map(problem -> "  " + problem)
            .collect(Collectors.joining(System.lineSeparator()));
    int hidden = problems.size() - PROBLEMS_SHOWN;
    return hidden <= 0 ? shown : "%s%n  … and %d more".formatted(shown, hidden);
  }

  @Override
  public Path path() {
    return path;
  }

  /**
   * The entry of a training checkpoint that the tensors are from; empty if the file has no such.
   */
  @Override
  public String section() {
    return section.key();
  }

  /** Name to shape, sorted; names are without {@code module.} and {@code model.} before all. */
  @Override
  public SortedMap<String, int[]> shapes() {
    SortedMap<String, int[]> shapes = new TreeMap<>();
    section.tensors().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    return shapes;
  }

  @Override
  public ElementType type(String name) {
    return tensor(name).storage().type();
  }

  /**
   * Reads values as float32; a storage that several of the tensors share is read once.
   *
   * @throws WeightsException if the file is damaged
   */
  @Override
  public Map<String, Tensor> read(Collection<String> names) {
    Map<PickledStorage, List<String>> byStorage =
        names.stream().distinct().collect(Collectors.groupingBy(name -> tensor(name).storage()));
    Map<String, Tensor> read = new HashMap<>();
    byStorage.forEach(
        (storage, sharing) -> {
          ByteBuffer bytes = archive.storage(storage);
          read.putAll(
              sharing.stream()
                  .collect(
                      Collectors.toMap(Function.identity(), name -> tensor(name).gather(bytes))));
        });
    return read;
  }

  private PickledTensor tensor(String name) {
    return Optional.ofNullable(section.tensors().get(name))
        .orElseThrow(() -> new WeightsException("%s: no tensor '%s'".formatted(path, name)));
  }

  @Override
  public void close() {
    archive.close();
  }
}
