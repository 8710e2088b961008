package io.vigil.model.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.model.runtime.ModelMetadata.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelMapTest {
  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("labels.txt"), text);
  }

  @Test
  void cocoHasNinetyIdsOfWhichTenAreUnused() {
    List<Label> coco = LabelMap.coco();

    assertThat(coco).extracting(Label::id).containsExactlyElementsOf(oneTo(90));
    assertThat(coco)
        .filteredOn(label -> label.name().equals("unused-" + label.id()))
        .extracting(Label::id)
        .containsExactly(12, 26, 29, 30, 45, 66, 68, 69, 71, 83);
    assertThat(coco.get(0).name()).isEqualTo("person");
    assertThat(coco.get(2).name()).isEqualTo("car");
    assertThat(coco.get(89).name()).isEqualTo("toothbrush");
  }

  private static List<Integer> oneTo(int last) {
    return java.util.stream.IntStream.rangeClosed(1, last).boxed().toList();
  }

  @Test
  void readsNamesAndNumberedNames() throws IOException {
    assertThat(LabelMap.read(file("\uFEFFcat\r\n\n# no class\n traffic light \n")))
        .containsExactly(new Label(1, "cat"), new Label(2, "traffic light"));
    assertThat(LabelMap.read(file("7\tcat\n3\tdog house\n")))
        .containsExactly(new Label(7, "cat"), new Label(3, "dog house"));
  }

  @Test
  void tellsAllBadLinesTogether() throws IOException {
    Path path = file("1\tcat\ndog\nx\tcow\n1\thorse\n2\t\n");

    assertThatThrownBy(() -> LabelMap.read(path))
        .isInstanceOf(DetectorException.class)
        .hasMessage(
            path
                + " is no label file (a class a line: its name, or its id, a tab and its name): line"
                + " 2: 'dog' is not an id, a tab and a name; line 3: 'x' is no id; line 4: id 1 is"
                + " line 1's; line 5: '2' is not an id, a tab and a name.");
  }

  @Test
  void explainsWhatIsNoLabelFile() throws IOException {
    assertThatThrownBy(() -> LabelMap.read(folder.resolve("absent")))
        .hasMessage("There is no label file " + folder.resolve("absent") + ".");
    Path empty = file("# nothing\n");
    assertThatThrownBy(() -> LabelMap.read(empty)).hasMessageContaining("it names no class");
    Path binary = Files.write(folder.resolve("b"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThatThrownBy(() -> LabelMap.read(binary)).hasMessageContaining("it is not UTF-8 text");
  }
}
