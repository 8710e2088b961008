package io.vigil.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Who is woken by an alert finds what to do under its name. */
class RunbookTest {

  @Test
  void everyAlertHasASectionAndEverySectionAnAlert() throws IOException {
    var alerts = new TreeSet<String>();
    var file = Files.readString(Path.of("monitoring", "alerts.yml"));
    for (var group : new YAMLMapper().readTree(file).path("groups")) {
      for (var rule : group.path("rules")) {
        var name = rule.path("alert").asText();
        alerts.add(name);
        assertThat(rule.at("/annotations/runbook_url").asText())
            .isEqualTo("docs/runbook.md#" + name.toLowerCase(Locale.ROOT));
      }
    }
    var sections = new TreeSet<String>();
    var headings =
        Pattern.compile("(?m)^### (Vigil\\w+)$")
            .matcher(Files.readString(Path.of("..", "docs", "runbook.md")));
    while (headings.find()) {
      sections.add(headings.group(1));
    }
    assertThat(sections).isEqualTo(alerts);
  }
}
