package io.vigil.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.model.runtime.ModelMetadata.Label;
import io.vigil.model.train.TrainingException;
import io.vigil.model.train.TruthBox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CocoFolderTest {

  @TempDir private Path folder;

  @Test
  void picturesComeWithTheirObjectsInClassesByTheirIds() throws Exception {
    DrawnSet.of(folder, 2);

    var content = read();

    assertThat(content.labels()).containsExactly(new Label(1, "person"), new Label(3, "car"));
    assertThat(content.data().classes()).containsExactly("person", "car");
    assertThat(content.problems().isEmpty()).isTrue();
    assertThat(content.unseen()).isEmpty();
    var picture = content.data().pictures().get(1);
    assertThat(picture.objects()).containsExactly(new TruthBox(60, 40, 80, 100, 1));
    var pixels = picture.source().read();
    assertThat(pixels.width()).isEqualTo(160);
    assertThat(Arrays.copyOfRange(pixels.rgb(), 3 * (160 * 70 + 50), 3 * (160 * 70 + 50) + 3))
        .containsExactly((byte) 255, (byte) 200, (byte) 0);
  }

  @Test
  void crowdsAreLeftOut() throws Exception {
    new DrawnSet(folder).picture(1, 5, 5, 9, 9).crowd(1, 1, "[0, 0, 100, 100]").write();

    var content = read();

    assertThat(content.data().pictures().get(0).objects()).isEmpty();
    assertThat(content.problems().lines().get(0))
        .isEqualTo(
            "1 x no picture has an object, so there is nothing to learn or to measure: add annotations");
    assertThat(content.unseen()).containsExactly("person", "car");
  }

  @Test
  void allThatIsWrongIsToldAtOnce() throws Exception {
    new DrawnSet(folder)
        .picture(1, 5, 5, 9, 9)
        .image(2, 160, 120)
        .image(3, 0, 120)
        .image(1, 160, 120)
        .annotation(1, 1, 3, "[100, 10, 80, 10]")
        .annotation(2, 1, 3, "[10, 10, -1, 10]")
        .annotation(8, 2, 3, "[10, 10, 5]")
        .annotation(3, 1, 3, "[NaN, 10, 5, 5]")
        .annotation(4, 1, 7, "[10, 10, 5, 5]")
        .annotation(5, 9, 3, "[10, 10, 5, 5]")
        .annotation(6, 1, 3, "[10, 10, 5]")
        .annotation(7, 1, 3, "[10, 10, 5, 5]")
        .write();

    var content = read();

    assertThat(content.problems().lines())
        .containsExactly(
            "1 x a picture is missing: fetch it, or take it and its annotations out",
            "    " + folder.resolve("train2017/2.png"),
            "1 x a picture lacks id, file_name, width or height: add them",
            "    {\"id\":3,\"file_name\":\"3.png\",\"width\":0,\"height\":120}",
            "1 x a picture's file or id is listed twice: take one out",
            "    {\"id\":1,\"file_name\":\"1.png\",\"width\":160,\"height\":120}",
            "1 x a box reaches out of its picture: cut it at the edge",
            "    annotation 1 of picture 1: [100,10,80,10] in 160 x 120",
            "1 x a box has a width or height below 0: correct it or take it out",
            "    annotation 2 of picture 1: [10,10,-1,10]",
            "3 x a box is not four numbers x, y, width, height",
            "    annotation 8 of picture 2: [10,10,5]",
            "    annotation 3 of picture 1: [\"NaN\",10,5,5]",
            "    annotation 6 of picture 1: [10,10,5]",
            "1 x a category is not listed: add it to 'categories' or correct category_id",
            "    annotation 4 of picture 1: [10,10,5,5] of category 7",
            "1 x the picture of an annotation is not listed: add it to 'images', or take the annotation out",
            "    annotation 5 of picture 9: [10,10,5,5]");
    assertThat(content.problems().count()).isEqualTo(10);
    assertThat(content.data().pictures()).hasSize(1);
    assertThat(content.data().pictures().get(0).objects()).hasSize(1);
  }

  /** COCO's train2017 has two, and a box may lie in the half pixel that is allowed outside. */
  @Test
  void boxesWithoutAreaAreLeftOut() throws Exception {
    new DrawnSet(folder)
        .picture(1, 5, 5, 9, 9)
        .annotation(1, 1, 3, "[10, 10, 0, 10]")
        .annotation(2, 1, 3, "[160.2, 10, 0.2, 10]")
        .annotation(3, 1, 3, "[-0.4, 10, 5, 10]")
        .write();

    var content = read();

    assertThat(content.problems().isEmpty()).isTrue();
    assertThat(content.leftOut().lines())
        .containsExactly(
            "2 x a box without area, which is left out",
            "    annotation 1 of picture 1: [10,10,0,10]",
            "    annotation 2 of picture 1: [160.2,10,0.2,10]");
    assertThat(content.data().pictures().get(0).objects())
        .containsExactly(new TruthBox(10, 0, 20, 4.6f, 1));
  }

  /** With two classes of one number, every later one would be learned as another. */
  @Test
  void categoriesThatAreListedTwiceAreTold() throws Exception {
    var categories =
        "{\"id\": 1, \"name\": \"person\"}, {\"id\": 1, \"name\": \"bicycle\"}, {\"name\": \"bus\"}, {\"id\": 3, \"name\": \"car\"}";
    new DrawnSet(folder)
        .picture(1, 5, 5, 9, 9)
        .annotation(1, 1, 3, "[5, 5, 9, 9]")
        .categories(categories)
        .write();

    var content = read();

    assertThat(content.problems().lines())
        .containsExactly(
            "1 x a category's id is listed twice: give one another",
            "    {\"id\":1,\"name\":\"bicycle\"}",
            "1 x a category lacks id or name: add them",
            "    {\"name\":\"bus\"}");
    assertThat(content.data().pictures().get(0).objects().get(0).classIndex()).isEqualTo(1);
  }

  @Test
  void allPlacesAreToldAndASummaryHasTheFirst() throws Exception {
    var set = new DrawnSet(folder).picture(1, 5, 5, 9, 9);
    for (var i = 0; i < 8; i++) {
      set.annotation(i, 1, 3, "[5, 5, -2, 9]");
    }
    set.annotation(9, 1, 3, "[5, 5, 9, 9]").write();

    var problems = read().problems();

    assertThat(problems.lines()).hasSize(9);
    assertThat(problems.summary()).hasSize(7).last().isEqualTo("    ... and 3 more");
  }

  @Test
  void aFileThatIsNoneSaysSo() throws Exception {
    assertThatThrownBy(this::read)
        .isInstanceOf(TrainingException.class)
        .hasMessageEndingWith(
            "there is no such file; name a folder as COCO's, with annotations/instances_SPLIT.json and the pictures in SPLIT/");

    Files.createDirectories(folder.resolve("annotations"));
    var file = folder.resolve("annotations/instances_train2017.json");
    Files.writeString(file, "{\"images\": [");
    assertThatThrownBy(this::read)
        .hasMessage(
            file
                + ": no JSON, or not all of it: line 1, column 13 cannot be read; fetch or write it again");
    Files.writeString(file, "{}");
    assertThatThrownBy(this::read)
        .hasMessage(
            file
                + ": no COCO annotations, it has no list 'categories'; name a file like instances_train2017.json");
    Files.writeString(file, "");
    assertThatThrownBy(this::read).hasMessage(file + ": an empty file; fetch or write it again");
    new DrawnSet(folder).categories("").write();
    assertThatThrownBy(this::read)
        .hasMessage(file + ": lists no categories, so there is nothing to learn; add 'categories'");
  }

  private CocoFolder.Content read() {
    return new CocoFolder(folder, DrawnSet.SPLIT).read();
  }
}
