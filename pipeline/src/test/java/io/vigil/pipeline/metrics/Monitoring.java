package io.vigil.pipeline.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The files of deploy/monitoring. */
final class Monitoring {

  private static final Path FOLDER = Path.of("..", "deploy", "monitoring");

  private Monitoring() {}

  static JsonNode dashboard() throws IOException {
    return new ObjectMapper().readTree(FOLDER.resolve("grafana/dashboards/vigil.json").toFile());
  }

  static List<JsonNode> alerts() throws IOException {
    var alerts = new ArrayList<JsonNode>();
    for (var group :
        new YAMLMapper().readTree(FOLDER.resolve("alerts.yml").toFile()).get("groups")) {
      group.get("rules").forEach(alerts::add);
    }
    return alerts;
  }

  /** Alerts that have to fire in one of the stories. */
  static Set<String> alertsOfStories() throws IOException {
    var alerts = new HashSet<String>();
    var stories = new YAMLMapper().readTree(FOLDER.resolve("alerts.test.yml").toFile());
    for (var story : stories.get("tests")) {
      for (var expected : story.get("alert_rule_test")) {
        if (!expected.get("exp_alerts").isEmpty()) {
          alerts.add(expected.get("alertname").asText());
        }
      }
    }
    return alerts;
  }

  /** All that Prometheus is asked. */
  static List<String> expressions() throws IOException {
    var expressions = new ArrayList<String>();
    for (var panel : dashboard().get("panels")) {
      for (var target : panel.path("targets")) {
        expressions.add(target.get("expr").asText());
      }
    }
    for (var variable : dashboard().get("templating").get("list")) {
      // label_values(metric, label)
      var parts = variable.get("query").asText().split("[(),]\\s*");
      expressions.add("count by (" + parts[2] + ") (" + parts[1] + ")");
    }
    alerts().forEach(alert -> expressions.add(alert.get("expr").asText()));
    return expressions;
  }
}
