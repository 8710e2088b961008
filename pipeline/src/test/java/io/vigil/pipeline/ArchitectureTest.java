package io.vigil.pipeline;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

/** The arrows of ARCHITECTURE.md. A class that breaks one is in the wrong place. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.vigil");

  @Test
  void seesEveryModule() {
    assertThat(CLASSES.stream().map(JavaClass::getPackageName))
        .contains(
            "io.vigil.model.detect",
            "io.vigil.events",
            "io.vigil.connectors.video.decode",
            "io.vigil.connectors.kafka.broker",
            "io.vigil.pipeline.cli");
  }

  @Test
  void modelKnowsNeitherFlinkNorVideoNorTheRest() {
    noClasses()
        .that()
        .resideInAPackage("io.vigil.model..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.flink..",
            "org.apache.kafka..",
            "org.bytedeco..",
            "io.vigil.events..",
            "io.vigil.connectors..",
            "io.vigil.pipeline..")
        .check(CLASSES);
  }

  @Test
  void eventsKnowNoFlinkAndNothingOfVigil() {
    noClasses()
        .that()
        .resideInAPackage("io.vigil.events..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.apache.flink..")
                .or(resideInAPackage("io.vigil..").and(not(resideInAPackage("io.vigil.events..")))))
        .check(CLASSES);
  }

  @Test
  void connectorsKnowOnlyTheLetterboxOfTheModel() {
    noClasses()
        .that()
        .resideInAPackage("io.vigil.connectors..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.vigil.pipeline..")
                .or(
                    resideInAPackage("io.vigil.model..")
                        .and(
                            not(
                                JavaClass.Predicates.equivalentTo(
                                    io.vigil.model.detect.Letterbox.class)))))
        .check(CLASSES);
  }

  @Test
  void connectorsDoNotKnowEachOtherButCamerasAndFramesAreDecodedAsFilesAre() {
    SlicesRuleDefinition.slices()
        .matching("io.vigil.connectors.(*)..")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(
            resideInAPackage("io.vigil.connectors.camera.."),
            resideInAPackage("io.vigil.connectors.video.."))
        .ignoreDependency(
            resideInAPackage("io.vigil.connectors.frames.."),
            resideInAnyPackage(
                "io.vigil.connectors.video..",
                "io.vigil.connectors.camera..",
                "io.vigil.connectors.kafka.."))
        .check(CLASSES);
  }

  @Test
  void videoKnowsNothingOfEvents() {
    noClasses()
        .that()
        .resideInAnyPackage("io.vigil.connectors.video..", "io.vigil.connectors.camera..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.vigil.events..")
        .check(CLASSES);
  }

  @Test
  void onlyTheModelsRuntimeAndBackendKnowInferenceEngines() {
    noClasses()
        .that(
            resideInAPackage("io.vigil..")
                .and(
                    not(
                        resideInAnyPackage(
                            "io.vigil.model.runtime..", "io.vigil.model.backend.."))))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.djl..", "ai.onnxruntime..")
        .check(CLASSES);
  }

  @Test
  void onlyVideoAndTheReportsWriterKnowNativeVideo() {
    noClasses()
        .that(
            resideInAPackage("io.vigil..")
                .and(
                    not(
                        resideInAnyPackage(
                            "io.vigil.connectors.video..", "io.vigil.pipeline.report.."))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bytedeco..")
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandLineKnowsItsParser() {
    classes()
        .that(resideInAPackage("io.vigil..").and(not(resideInAPackage("io.vigil.pipeline.cli.."))))
        .should()
        .onlyDependOnClassesThat(not(resideInAPackage("picocli..")))
        .check(CLASSES);
  }

  @Test
  void nothingKnowsTheCommandLine() {
    noClasses()
        .that(resideInAPackage("io.vigil..").and(not(resideInAPackage("io.vigil.pipeline.cli.."))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.vigil.pipeline.cli..")
        .check(CLASSES);
  }
}
