package io.vigil.pipeline.report;

import static io.vigil.pipeline.report.Reports.car;
import static io.vigil.pipeline.report.Reports.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vigil.pipeline.report.ReportRequest.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFormatsTest {
  @TempDir private Path out;

  private final Locale before = Locale.getDefault();

  @BeforeEach
  void writeInAnotherLocale() throws IOException {
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    var events =
        Reports.write(
            out.resolve("events.jsonl"),
            event("b, \"x\".mp4", 0, 0, car(0.5, 1, 2, 3, 4)),
            event("a.mp4", 0, 0),
            event("b, \"x\".mp4", 4, 12_000, car(0.25, 0, 0, 320, 240)),
            event("a.mp4", 9, 90_000, car(0.98765, 10.04, 20, 30.06, 60), car(0.4, 0, 0, 5, 5)));
    Report.write(
        Reports.request(out, events, Map.of(), Set.of(Format.values()), Set.of()),
        ReportProgress.NONE);
  }

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(before);
  }

  @Test
  void csvHasARowADetection() throws IOException {
    assertThat(Files.readString(out.resolve("detections.csv")))
        .isEqualTo(
            """
            stream_id,session,seq,seconds,class_id,class,score,x1,y1,x2,y2
            a.mp4,s1,9,1.000000,3,car,0.9877,10.0,20.0,30.1,60.0
            a.mp4,s1,9,1.000000,3,car,0.4000,0.0,0.0,5.0,5.0
            "b, ""x"".mp4",s1,0,0.000000,3,car,0.5000,1.0,2.0,3.0,4.0
            "b, ""x"".mp4",s1,4,0.133333,3,car,0.2500,0.0,0.0,320.0,240.0
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void motHasAFileAStream() throws IOException {
    assertThat(Files.readString(out.resolve("a.mot.txt")))
        .isEqualTo(
            """
            10,-1,10.0,20.0,20.1,40.0,0.9877,-1,-1,-1
            10,-1,0.0,0.0,5.0,5.0,0.4000,-1,-1,-1
            """);
    assertThat(Files.readString(out.resolve("b_x_.mot.txt")))
        .isEqualTo(
            """
            1,-1,1.0,2.0,2.0,2.0,0.5000,-1,-1,-1
            5,-1,0.0,0.0,320.0,240.0,0.2500,-1,-1,-1
            """);
  }

  @Test
  void figuresForPeopleAreInNoLocale() {
    assertThat(Numbers.clock(62.44)).isEqualTo("1:02.4");
    assertThat(Numbers.clock(59.96)).isEqualTo("1:00.0");
    assertThat(Numbers.clock(3723.4)).isEqualTo("1:02:03.4");
    assertThat(Numbers.counted(12_345, "frame")).isEqualTo("12,345 frames");
    assertThat(Numbers.counted(1, "frame")).isEqualTo("1 frame");
  }

  @Test
  void cocoResultsNameTheirImages() throws IOException {
    var json = new ObjectMapper();
    var results = json.readTree(out.resolve("coco-results.json").toFile());
    assertThat(results)
        .hasToString(
            """
            [{"image_id":2,"category_id":3,"bbox":[10.0,20.0,20.1,40.0],"score":0.9877},\
            {"image_id":2,"category_id":3,"bbox":[0.0,0.0,5.0,5.0],"score":0.4},\
            {"image_id":3,"category_id":3,"bbox":[1.0,2.0,2.0,2.0],"score":0.5},\
            {"image_id":4,"category_id":3,"bbox":[0.0,0.0,320.0,240.0],"score":0.25}]""");
    var images = json.readTree(out.resolve("coco-images.json").toFile());
    assertThat(images.at("/images").findValuesAsText("id")).containsExactly("1", "2", "3", "4");
    assertThat(images.at("/images/3/file_name").asText()).isEqualTo("b, \"x\".mp4#4");
    assertThat(images.at("/categories")).hasToString("[{\"id\":3,\"name\":\"car\"}]");
  }
}
