package io.vigil.pipeline.operator;

import io.vigil.pipeline.compat.StateForm;
import java.util.Map;
import java.util.TreeMap;

/** The ledger in checkpoints, for those who cannot see it. */
public final class LedgerForm {

  private LedgerForm() {}

  public static StateForm<?> form() {
    var dropped = new TreeMap<>(Map.of("overload", 3L));
    var failed = new TreeMap<>(Map.of("inference", 2L, "postprocessing", 1L));
    return new StateForm<>(
        "ledger",
        new LedgerSerializer(),
        new LedgerEntry("gate", "5f", 120, dropped, failed, true));
  }
}
