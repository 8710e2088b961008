package io.vigil.model.weights.torch;

import static net.razorvine.pickle.Opcodes.*;

import io.vigil.model.weights.torch.PickledTensor.PickledStorage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;

/**
 * Reads the data.pkl of a state_dict and nothing else. The library's unpickler makes an object of
 * any global, calls {@code __setstate__} by reflection and allocates what a length says; so every
 * instruction comes through here first, those that a state_dict does not need are refused, and
 * those that call or name something are carried out here against {@link AllowedGlobals}.
 */
final class StateDictUnpickler extends Unpickler {
  private final PickleInput pickle;
  private final ReadLimits limits;
  private final Map<String, PickledStorage> storages = new HashMap<>();
  private int operations;

  /**
   * @param pickle read up to the end of one pickle
   */
  StateDictUnpickler(PickleInput pickle, ReadLimits limits) {
    this.pickle = pickle;
    this.limits = limits;
  }

  static Object unpickle(byte[] pickle, ReadLimits limits) {
    return new StateDictUnpickler(new PickleInput(pickle), limits).unpickle();
  }

  /**
   * @return maps, lists, tuples as {@code Object[]}, numbers, texts and {@link PickledTensor}s
   * @throws PickleRefused if the pickle is broken or does what a state_dict does not
   */
  Object unpickle() {
    try {
      return load(pickle);
    } catch (PickleRefused refused) {
      throw refused;
    } catch (IOException | RuntimeException broken) {
      // the library meets broken bytes with whatever its own code runs into
      throw refused("is broken: an instruction does not find what it needs");
    }
  }

  /** All storages that the pickle named, by their keys. */
  Map<String, PickledStorage> storages() {
    return storages;
  }

  @Override
  protected Object dispatch(short opcode) throws IOException {
    checkBounds(opcode);
    switch (opcode) {
      case GLOBAL -> pushGlobal(PickleUtils.readline(pickle), PickleUtils.readline(pickle));
      case STACK_GLOBAL -> pushStackGlobal();
      case REDUCE -> reduce();
      case BUILD -> build();
      case EMPTY_DICT -> stack.add(new LinkedHashMap<Object, Object>());
      case SETITEM -> setItem();
      case SETITEMS -> setItems(stack.pop_all_since_marker());
      case APPENDS -> appends();
      case STOP -> {
        return stack.pop();
      }
      case PROTO, FRAME, MARK, MEMOIZE -> super.dispatch(opcode);
      case BINPUT, LONG_BINPUT, BINGET, LONG_BINGET -> super.dispatch(opcode);
      case NONE, NEWTRUE, NEWFALSE, BININT, BININT1, BININT2, LONG1, BINFLOAT ->
          super.dispatch(opcode);
      case BINUNICODE, SHORT_BINUNICODE, BINPERSID -> super.dispatch(opcode);
      case EMPTY_TUPLE, TUPLE, TUPLE1, TUPLE2, TUPLE3, EMPTY_LIST, APPEND -> super.dispatch(opcode);
      default ->
          throw refused(
              "has instruction 0x%02x, which a state_dict does not need".formatted(opcode));
    }
    return NO_RETURN_VALUE;
  }

  private void checkBounds(short opcode) {
    if (++operations > limits.operations()) {
      throw refused("has more than " + limits.operations() + " instructions");
    }
    if (stack.size() > limits.stackDepth()) {
      throw refused("piles up more than " + limits.stackDepth() + " objects");
    }
    if (opcode == BINUNICODE && pickle.peek(4) > limits.textBytes()) {
      throw refused(
          "has a name of %d bytes, more than %d".formatted(pickle.peek(4), limits.textBytes()));
    }
  }

  private void pushStackGlobal() {
    String name = (String) stack.pop();
    pushGlobal((String) stack.pop(), name);
  }

  private void pushGlobal(String module, String name) {
    stack.add(
        AllowedGlobals.find(module, name)
            .orElseThrow(
                () ->
                    refused(
                        "asks for '%s', which no state_dict needs"
                            .formatted(Printable.text(module + "." + name)))));
  }

  private void reduce() {
    Object[] arguments = (Object[]) stack.pop();
    if (!(stack.pop() instanceof AllowedGlobals.Callable callable)) {
      throw refused("calls something that is no function");
    }
    stack.add(callable.apply(arguments));
  }

  /** An OrderedDict carries its {@code _metadata} this way; nothing else has attributes. */
  private void build() {
    stack.pop();
    if (!(stack.peek() instanceof Map)) {
      throw refused("sets attributes of something that is no dictionary");
    }
  }

  private void setItem() {
    Object value = stack.pop();
    Object key = stack.pop();
    put(mapOnTop(), key, value);
  }

  private void setItems(List<Object> items) {
    if (items.size() % 2 != 0) {
      throw refused("is broken: a dictionary has a key without a value");
    }
    for (int i = 0; i < items.size(); i += 2) {
      put(mapOnTop(), items.get(i), items.get(i + 1));
    }
  }

  /** Readers differ on which of two equal keys wins, so neither does. */
  private void put(Map<Object, Object> target, Object key, Object value) {
    if (!(key instanceof String || key instanceof Integer || key instanceof Long)) {
      throw refused("has a dictionary key that is neither a text nor an integer");
    }
    if (target.containsKey(key)) {
      throw refused("has the key '%s' twice".formatted(Printable.text(key.toString())));
    }
    target.put(key, value);
  }

  @SuppressWarnings("unchecked")
  private Map<Object, Object> mapOnTop() {
    return (Map<Object, Object>) stack.peek();
  }

  @SuppressWarnings("unchecked")
  private void appends() {
    List<Object> items = stack.pop_all_since_marker();
    ((ArrayList<Object>) stack.peek()).addAll(items);
  }

  @Override
  protected Object persistentLoad(Object id) {
    PickledStorage storage = AllowedGlobals.storage(id);
    PickledStorage known = storages.putIfAbsent(storage.key(), storage);
    if (known != null && !known.equals(storage)) {
      throw refused("describes storage '%s' in two ways".formatted(Printable.text(storage.key())));
    }
    return storage;
  }

  private PickleRefused refused(String what) {
    return new PickleRefused(what + " (at byte " + pickle.position() + ")");
  }
}
