package io.vigil.pipeline.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a task manager's process holds, as Linux and the JDK's {@code jcmd} tell. */
record TaskManagerProcess(ProcessHandle handle) {

  private static final Pattern NATIVE =
      Pattern.compile("(/\\S*/lib(onnxruntime|avcodec|swscale|jniavcodec)\\b\\S*\\.so\\S*)");

  /** Files of native libraries that are loaded: each library once, whatever was started since. */
  Set<String> nativeLibraries() throws IOException {
    var files = new TreeSet<String>();
    for (var line : Files.readAllLines(file("maps"))) {
      var matcher = NATIVE.matcher(line);
      if (matcher.find()) {
        files.add(matcher.group(1));
      }
    }
    return files;
  }

  long residentMegabytes() throws IOException {
    for (var line : Files.readAllLines(file("status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
      }
    }
    throw new IOException("no VmRSS of process " + handle.pid());
  }

  /** Class loaders of jobs that are still held after a collection. */
  long jobClassLoaders() throws IOException, InterruptedException {
    jcmd("GC.run");
    return jcmd("VM.classloaders")
        .lines()
        .filter(line -> line.contains("ChildFirstClassLoader"))
        .count();
  }

  private Path file(String name) {
    return Path.of("/proc", Long.toString(handle.pid()), name);
  }

  private String jcmd(String command) throws IOException, InterruptedException {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var process =
        new ProcessBuilder(List.of(jcmd, Long.toString(handle.pid()), command))
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("jcmd " + command + ": " + said);
    }
    return said;
  }
}
