package io.vigil.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vigil.model.runtime.ModelFiles;
import io.vigil.pipeline.train.DrawnSet;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {

  @TempDir private Path folder;

  @Test
  void aRunThatIsStoppedGoesOnAndLeavesAModel() throws Exception {
    var set = DrawnSet.of(folder.resolve("set"), 4);
    var out = folder.resolve("out");

    var stopped = CommandLineRun.interruptedAt("epoch 1.0: AP", arguments(set, out));
    assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(130);
    assertThat(stopped.err())
        .contains("The learning rate ends at ")
        .contains("Stopping after this step with a checkpoint; once more ends at once")
        .contains("Stopped; the same command with --resume goes on from " + out);

    var resumed = CommandLineRun.of(with(arguments(set, out), "--resume"));
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.err())
        .contains("Going on from step 2 of 4.")
        .containsPattern(
            "step 4/4  0 min left  \\d.* images/s  rate \\d.\\de-\\d+  class \\d.*  box \\d")
        .contains("Done: ");

    var model = ModelFiles.resolve(out.resolve("model.onnx").toString(), folder).metadata();
    assertThat(model.trained()).isTrue();
    assertThat(model.domain()).isEqualTo("rectangles");
    assertThat(model.resolution()).isEqualTo(128);
    assertThat(model.labels()).extracting("id").containsExactly(1, 3);
    assertThat(Files.readAllLines(out.resolve("progress.tsv")))
        .hasSizeGreaterThanOrEqualTo(3)
        .first()
        .isEqualTo("step\tepoch\tloss\tclass_loss\tbox_loss\trate\tap\tap50");
    assertThat(ImageIO.read(out.resolve("curve.png").toFile()).getWidth()).isEqualTo(960);

    var again = CommandLineRun.of(arguments(set, out));
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err())
        .contains(
            "--out %s: has a checkpoint already; go on from it with --resume, or name another folder"
                .formatted(out));

    var other =
        CommandLineRun.of(with(arguments(set, out), "--domain", "x", "--seed", "5", "--resume"));
    assertThat(other.exitCode()).isEqualTo(1);
    assertThat(other.err())
        .contains("was told otherwise: --domain was rectangles and is x; --seed was 1 and is 5.");
    var weights = out.resolve("weights.safetensors").toString();
    assertThat(CommandLineRun.of(with(arguments(set, out), "--weights", weights, "--resume")).err())
        .contains("was told otherwise: SHA-256 of the weights at the start was random and is ");

    // Whatever ended it between the last step and the model: that is what is left to do
    Files.delete(out.resolve("model.onnx"));
    var completed = CommandLineRun.of(with(arguments(set, out), "--resume"));
    assertThat(completed.exitCode()).as(completed.err()).isZero();
    assertThat(completed.err())
        .contains("epoch 2.0: AP ")
        .contains("Done: ")
        .doesNotContain("loss NaN");
    assertThat(out.resolve("model.onnx")).exists();

    var onwards =
        onwards(
            set,
            out,
            "--recipe",
            "paper",
            "--optimizer",
            "adamw",
            "--anchor-scale",
            "2.5",
            "--size",
            "256x128",
            "--epochs",
            "0.5");
    assertThat(onwards.exitCode()).as(onwards.err()).isZero();
    var fine = folder.resolve("onwards/model.onnx").toString();
    var learned = ModelFiles.resolve(fine, folder).metadata();
    assertThat(learned.anchorScale()).isEqualTo(2.5);
    assertThat(learned.aspectRatios().get(1)[0]).isCloseTo(Math.sqrt(2), within(1e-9));
  }

  /** Hours are lost otherwise, by a picture of the last epoch or of the validation. */
  @Test
  void aRunThatABrokenPictureEndsGoesOnWhenItIsMended() throws Exception {
    var set = DrawnSet.of(folder.resolve("set"), 4);
    var whole = Files.readAllBytes(set.file(3));
    Files.write(set.file(3), Arrays.copyOf(whole, whole.length / 2));
    var out = folder.resolve("out");

    var ended = CommandLineRun.of(arguments(set, out));

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err())
        .contains(set.file(3) + ": a JPEG or PNG that is cut off; fetch it again")
        .containsPattern("Step \\d is kept in " + out + ".*: go on with --resume");
    assertThat(out.resolve("weights.safetensors")).exists();

    Files.write(set.file(3), whole);
    var mended = CommandLineRun.of(with(arguments(set, out), "--resume"));
    assertThat(mended.exitCode()).as(mended.err()).isZero();
    assertThat(mended.err()).contains("epoch 2.0: AP ").contains("Done: ");
  }

  /** The weights of the checkpoint before are what can be started from. */
  @Test
  void aRunThatDivergesLeavesTheCheckpointBefore() throws Exception {
    var set = DrawnSet.of(folder.resolve("set"), 4);
    var out = folder.resolve("out");
    var often = with(arguments(set, out), "--checkpoint-every", "1e-9", "--epochs", "4");

    var run = CommandLineRun.of(with(often, "--rate", "1e30"));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .containsPattern("The (loss|sum of the gradients) of step \\d is (NaN|-?Infinity)")
        .contains("2.png")
        .doesNotContain("is kept in");
    var onwards = onwards(set, out, "--rate", "1e-30");
    assertThat(onwards.err()).doesNotContain("holds no");
    var changed = CommandLineRun.of(with(often, "--rate", "1", "--resume"));
    assertThat(changed.err()).contains("--rate was 1.0E30 and is 1.0");
  }

  @Test
  void nothingIsTrainedWhereNothingCanGoOnOrBeLearned() throws Exception {
    var set = DrawnSet.of(folder.resolve("set"), 2);
    var out = folder.resolve("out");

    assertRefused(
        set,
        out,
        "--out %s: has no checkpoint to go on from; leave out --resume".formatted(out),
        "--resume");
    var few = CommandLineRun.of(with(arguments(set, out), "--batch", "8"));
    assertThat(few.err())
        .contains("A step learns from 8 pictures, and there are 2: lower --batch.");
    var dry = CommandLineRun.of(with(arguments(set, out), "--batch", "8", "--dry-run"));
    assertThat(dry.exitCode()).isNotZero();
    assertThat(dry.out()).contains("2 pictures, 2 objects of 2 classes, 0 problems");
    assertThat(dry.err())
        .contains("A step learns from 8 pictures, and there are 2: lower --batch.");
    assertThat(out).doesNotExist();
  }

  @Test
  void whatIsValidatedOnIsLookedAtToo() throws Exception {
    var set = DrawnSet.of(folder.resolve("set"), 2);
    Files.createDirectory(set.folder().resolve("val"));
    Files.copy(set.file(1), set.folder().resolve("val/1.png"));
    Files.write(set.folder().resolve("val/2.png"), new byte[0]);
    Files.writeString(
        set.folder().resolve("annotations/instances_val.json"),
        Files.readString(set.folder().resolve("annotations/instances_train2017.json"))
            .replace("\"category_id\": 3", "\"category_id\": 777"));
    var out = folder.resolve("out");

    var run = CommandLineRun.of(with(arguments(set, out), "--validate", "val"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("a category is not listed").contains("1 problems in val");

    var dry = CommandLineRun.of(with(arguments(set, out), "--validate", "val", "--dry-run"));
    assertThat(dry.exitCode()).isEqualTo(1);
    assertThat(dry.out())
        .contains("train2017: 2 pictures, 2 objects of 2 classes, 0 problems")
        .contains("2.png: an empty file")
        .contains("val: 2 pictures, 1 objects of 2 classes, 2 problems");
    assertThat(out).doesNotExist();
  }

  /** Else an AP is of another class than it says. */
  @Test
  void classesThatAreMeasuredAreThoseThatAreLearned() throws Exception {
    var set = DrawnSet.of(folder.resolve("set"), 2);
    Files.createDirectory(set.folder().resolve("val"));
    for (var id = 1; id <= 2; id++) {
      Files.copy(set.file(id), set.folder().resolve("val/" + id + ".png"));
    }
    var annotations = set.folder().resolve("annotations/instances_val.json");
    var sound = Files.readString(set.folder().resolve("annotations/instances_train2017.json"));
    var arguments = with(arguments(set, folder.resolve("out")), "--validate", "val");

    Files.writeString(annotations, sound.replace("\"car\"", "\"bus\""));
    var run = CommandLineRun.of(arguments);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("1 x a category is none of those that are learned, by id and name")
        .contains("    3 bus");

    // Boxes of another size would be measured against
    Files.writeString(annotations, sound.replace("\"width\": 160", "\"width\": 100"));
    var sized = CommandLineRun.of(arguments);
    assertThat(sized.exitCode()).isEqualTo(1);
    assertThat(sized.err())
        .contains("1.png has 160 x 120 pixels where the annotations say 100 x 120: correct them");

    // What an evaluation needs besides
    Files.writeString(annotations, sound.replace("\"area\": 100, ", ""));
    var dry = CommandLineRun.of(with(arguments, "--dry-run"));
    assertThat(dry.exitCode()).isNotZero();
    assertThat(dry.err()).contains("an entry has no number area");
  }

  @Test
  void aClassWithoutAnObjectIsTold() throws Exception {
    var set = DrawnSet.of(folder.resolve("set"), 1);

    var run = CommandLineRun.of(with(arguments(set, folder.resolve("out")), "--dry-run"));

    assertThat(run.err())
        .contains("No object is of 1 of the 2 classes, which the model will not learn: car");
  }

  @Test
  void aDryRunLooksAtEveryPicture() throws Exception {
    var set = DrawnSet.of(folder.resolve("set"), 5);
    Files.write(set.file(1), new byte[0]);
    Files.write(set.file(2), Arrays.copyOf(jpeg(), jpeg().length - 40));
    Files.write(set.file(5), upsideDown(jpeg()));
    ImageIO.write(
        new BufferedImage(120, 160, BufferedImage.TYPE_BYTE_GRAY), "png", set.file(3).toFile());

    var run = CommandLineRun.of(with(arguments(set, folder.resolve("out")), "--dry-run"));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("2 x a picture cannot be read")
        .contains(set.file(1) + ": an empty file; fetch it again")
        .contains(set.file(2) + ": a JPEG or PNG that is cut off; fetch it again")
        .contains("1 x a picture has another size than the annotations say")
        .contains(set.file(3) + " has 120 x 160 pixels where the annotations say 160 x 120")
        .contains("1 x a picture may be turned against its boxes")
        .contains(set.file(5) + ": has an orientation in EXIF data, which is not applied")
        .contains("train2017: 5 pictures, 5 objects of 2 classes, 4 problems");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  /** Its boxes would be learned upside down, and nobody the wiser. */
  @Test
  void aPictureThatMayBeTurnedEndsARun() throws Exception {
    var set = DrawnSet.of(folder.resolve("set"), 2);
    Files.write(set.file(2), upsideDown(jpeg()));

    var run = CommandLineRun.of(arguments(set, folder.resolve("out")));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains(set.file(2) + ": has an orientation in EXIF data, which is not applied");
  }

  @Test
  void wrongOptionsAreNamed() throws Exception {
    var set = DrawnSet.of(folder.resolve("set"), 1);
    var out = folder.resolve("out");

    assertRefused(set, out, "There is no recipe 'best'", "--recipe", "best");
    assertRefused(
        set, out, "There is no optimizer 'lion'; known are sgd and adamw.", "--optimizer", "lion");
    assertRefused(set, out, "multiples of 128, not 200 x 200", "--size", "200");
    assertRefused(set, out, "multiples of 128, not 200 x 256", "--size", "256x200");
    assertRefused(set, out, "--size big: must be pixels such as 512, or 384x256", "--size", "big");
    assertRefused(set, out, "--scale big: must be two numbers such as 0.5..1.5", "--scale", "big");
    assertRefused(
        set,
        out,
        "--freeze all: must be nothing, norms, backbone-norms, backbone or stage1 to stage7",
        "--freeze",
        "all");
    assertRefused(set, out, "Batch, epochs and the factor", "--batch", "0");
    assertRefused(set, out, "--validate-every 0.0: must be above 0", "--validate-every", "0");
    assertRefused(set, out, "One picture of 128 x 128 has a single place", "--batch", "1");
    assertRefused(set, out, "a decay of 7.0", "--average", "7");
    assertRefused(
        set,
        out,
        "--keep: Unknown part 'bodi'",
        "--keep",
        "bodi",
        "--weights",
        set.file(1).toString());
    assertRefused(set, out, "The warm-up takes 3.0 epochs of 2.0", "--warmup", "3");
    assertRefused(set, out, "--keep body: of which weights? Add --weights FILE.", "--keep", "body");
    assertRefused(set, out, "(VIGIL_HEAP=", "--batch", "1000000");
    assertRefused(set, out, "take the weights.safetensors", "--weights", "run/model.onnx");
    assertThat(out).doesNotExist();
    assertRefused(set, set.file(1), "is a file; name a folder", "--batch", "1", "--size", "256");
  }

  /** From the weights of another run. */
  private CommandLineRun onwards(DrawnSet set, Path from, String... more) {
    var weights = from.resolve("weights.safetensors").toString();
    var start = with(arguments(set, folder.resolve("onwards")), "--weights", weights);
    return CommandLineRun.of(with(start, more));
  }

  private static void assertRefused(DrawnSet set, Path out, String message, String... more) {
    var run = CommandLineRun.of(with(arguments(set, out), more));
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(message);
  }

  private static byte[] jpeg() throws Exception {
    var picture = new BufferedImage(160, 120, BufferedImage.TYPE_INT_RGB);
    picture.getGraphics().fillRect(0, 0, 160, 30);
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(picture, "jpg", bytes);
    return bytes.toByteArray();
  }

  /** By its EXIF data: a segment behind the first two bytes, with the tag 0x112 of the value 3. */
  private static byte[] upsideDown(byte[] jpeg) throws Exception {
    var bytes = new ByteArrayOutputStream();
    bytes.write(jpeg, 0, 2);
    bytes.write(
        HexFormat.of()
            .parseHex(
                "ffe10022457869660000"
                    + "4d4d002a00000008"
                    + "000101120003000000010003000000000000"));
    bytes.write(jpeg, 2, jpeg.length - 2);
    return bytes.toByteArray();
  }

  private static String[] arguments(DrawnSet set, Path out) {
    return new String[] {
      "train",
      "--data",
      set.folder().toString(),
      "--validate",
      DrawnSet.SPLIT,
      "--size",
      "128",
      "--resolution",
      "128",
      "--batch",
      "2",
      "--epochs",
      "2",
      "--domain",
      "rectangles",
      "--out",
      out.toString()
    };
  }

  /** The last of an option counts. */
  private static String[] with(String[] arguments, String... more) {
    List<String> all = new ArrayList<>(List.of(arguments));
    for (var i = 0; i + 1 < more.length; i += 2) {
      var at = all.indexOf(more[i]);
      if (at >= 0) {
        all.remove(at + 1);
        all.remove(at);
      }
    }
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
