package io.berth.launcher.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceJvmTest {

  @TempDir private Path application;

  @Test
  void aServiceWithoutACacheIsRunWithoutOne() {
    assertThat(new ServiceJvm(ServiceName.PROXY, application).options())
        .isNotEmpty()
        .noneMatch(option -> option.contains("AOTCache"));
  }

  @Test
  void aServiceIsRunWithTheCacheThatFitsThisJvm() throws IOException {
    ServiceJvm jvm = new ServiceJvm(ServiceName.PROXY, application);
    Files.createFile(application.resolve("aot-of-another-jvm.cache"));
    Files.createFile(jvm.cache());

    assertThat(jvm.options()).contains("-XX:AOTCache=" + jvm.cache()).contains("-Xmx192m");
  }

  @Test
  void aRehearsalIsDueUntilThereIsACacheOfThisVeryBuild() throws IOException {
    Rehearsal rehearsal = new Rehearsal(application);
    ServiceJvm jvm = new ServiceJvm(ServiceName.PROXY, application);
    assertThat(rehearsal.isDue()).as("nothing is built").isFalse();

    Files.createFile(jvm.program());
    assertThat(rehearsal.isDue()).as("built").isTrue();

    Files.createFile(jvm.cache());
    assertThat(rehearsal.isDue()).as("rehearsed").isFalse();

    Files.setLastModifiedTime(jvm.program(), FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(rehearsal.isDue()).as("built anew").isTrue();
  }

  @Test
  void aRehearsalLearnsNothingFromOptionsOfTheEnvironment() {
    assertThat(new Rehearsal(application).command().environment())
        .containsEntry("JAVA_TOOL_OPTIONS", "")
        .containsEntry("JDK_JAVA_OPTIONS", "");
  }

  @Test
  void aRehearsalHasTheOptionsOfTheServiceThatItIsFor() {
    assertThat(new Rehearsal(application).command().words())
        .containsAll(new ServiceJvm(ServiceName.PROXY, application).options())
        .endsWith("-jar", application.resolve("quarkus-run.jar").toString(), "rehearse");
  }
}
