package io.vigil.testvideos;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Draws pictures of streets with exact ground truth:
 *
 * <pre>
 * mvn -q -pl test-videos compile
 * java -cp test-videos/target/classes io.vigil.testvideos.Draw stills --seeds 0..4999 --out drawn
 * java -cp test-videos/target/classes io.vigil.testvideos.Draw clip --seed 7 --viewpoint side --out clip.mp4
 * </pre>
 *
 * <p>Clips need the ffmpeg program.
 */
public final class Draw {

  private static final int WRONG = 2;
  private static final int FAILED = 1;

  private static final String USAGE =
      """
      usage: draw stills --seeds FIRST..LAST --out DIR [--count N] [--viewpoints NAME,NAME|training|all]
                         [--size 640x360] [--split train] [--quality 45..95] [--threads 1]
             draw clip --seed N --viewpoint NAME --out FILE.mp4 [--from 0] [--seconds 8] [--fps 12]
                       [--size 640x360] [--crf 27]
      """;

  private Draw() {}

  public static void main(String[] arguments) throws InterruptedException {
    int status = run(List.of(arguments), System.err);
    if (status != 0) {
      System.exit(status);
    }
  }

  /** The exit status: 0, 1 if something failed, 2 if the arguments are wrong. */
  static int run(List<String> arguments, PrintStream errors) throws InterruptedException {
    System.setProperty("java.awt.headless", "true");
    ImageIO.setUseCache(false);
    try {
      run(arguments);
      return 0;
    } catch (Arguments.Wrong e) {
      errors.println("draw: " + e.getMessage());
      return WRONG;
    } catch (IOException e) {
      // those of files have only the name in their message
      errors.println("draw: " + (e.getClass() == IOException.class ? e.getMessage() : e));
      return FAILED;
    }
  }

  private static void run(List<String> arguments) throws IOException, InterruptedException {
    var command = arguments.isEmpty() ? "" : arguments.get(0);
    var rest = arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
    switch (command) {
      case "stills" -> new Stills(new Arguments(rest, Stills.OPTIONS)).draw();
      case "clip" -> new Clip(new Arguments(rest, Clip.OPTIONS)).draw();
      case "", "--help", "-h", "help" -> System.out.print(USAGE);
      default ->
          throw new Arguments.Wrong("no command \"" + command + "\": there are stills and clip");
    }
  }
}
