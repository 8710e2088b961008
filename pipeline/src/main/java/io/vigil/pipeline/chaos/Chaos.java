package io.vigil.pipeline.chaos;

import io.vigil.pipeline.trial.EventWatch;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings faults about, one after the other, and looks whether what was promised holds: the job
 * runs, others lose no frame, nothing is doubled, the books balance, the status topic tells the
 * story, and what is read from files is committed byte for byte as without the fault.
 *
 * @param folder for brokers, checkpoints and clips
 * @param exactlyOnce whether the cameras' events are written so; files' always are
 */
public record Chaos(Path folder, boolean exactlyOnce, PrintWriter out) {

  private static final int CAMERAS = 4;

  /** What there is, by name, each with what happens. */
  public static Map<String, String> faults() {
    var faults = new LinkedHashMap<String, String>();
    LiveFaults.all().forEach(fault -> faults.put(fault.name(), fault.what()));
    for (var fault : FileTrial.Fault.values()) {
      faults.put(fault.text(), "the same while files are read, exactly once");
    }
    return faults;
  }

  /**
   * @param names of those to bring about
   * @return whether all that was promised held
   */
  public boolean run(Set<String> names) throws Exception {
    out.println("chaos; " + EventWatch.load());
    var live = LiveFaults.all().stream().filter(fault -> names.contains(fault.name())).toList();
    var broken = new ArrayList<String>();
    if (!live.isEmpty()) {
      broken.addAll(runLive(live));
    }
    broken.addAll(runFiles(names));
    out.println(
        broken.isEmpty() ? "All that was promised held." : "Broken: " + String.join(", ", broken));
    out.flush();
    return broken.isEmpty();
  }

  private List<String> runLive(List<LiveFault> faults) throws Exception {
    var broken = new ArrayList<String>();
    try (var rig = LiveRig.start(folder, exactlyOnce, CAMERAS)) {
      for (var fault : faults) {
        tell(fault.name(), new LiveTrial(rig, fault).run(), broken);
      }
    }
    return broken;
  }

  private List<String> runFiles(Set<String> names) throws Exception {
    var broken = new ArrayList<String>();
    var faults =
        List.of(FileTrial.Fault.values()).stream().filter(f -> names.contains(f.text())).toList();
    if (!faults.isEmpty()) {
      try (var trial = new FileTrial(folder)) {
        for (var fault : faults) {
          tell(fault.text(), trial.run(fault), broken);
        }
      }
    }
    return broken;
  }

  private void tell(String name, Verdict verdict, List<String> broken) {
    out.println(verdict.text(name));
    out.flush();
    if (!verdict.isGood()) {
      broken.add(name);
    }
  }
}
