package io.vigil.model.weights.torch;

import io.vigil.model.weights.torch.PickledTensor.PickledStorage;
import java.nio.ByteBuffer;
import java.util.Optional;

/** What {@code torch.save} wrote, in either of its formats: an object and its storages. */
interface StateDictArchive extends AutoCloseable {

  /**
   * The pickled object: maps, lists, tuples as {@code Object[]}, numbers, texts and {@link
   * PickledTensor}s.
   *
   * @throws PickleRefused if the pickle is broken or does what a state_dict does not
   */
  Object root();

  /** What is wrong with where a storage should be, if anything is. */
  Optional<String> problem(PickledStorage storage);

  /** The storage's bytes, in the order of the machine that wrote them. */
  ByteBuffer storage(PickledStorage storage);

  @Override
  void close();
}
