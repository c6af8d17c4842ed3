package io.berth.proxy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.berth.proxy", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.berth.proxy.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule knowsNoOtherService =
      noClasses()
          .that()
          .resideInAPackage("io.berth.proxy..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.berth.auth..", "io.berth.session..", "io.berth.launcher..");

  @ArchTest
  static final ArchRule namesSayWhat =
      noClasses()
          .that()
          .resideInAPackage("io.berth.proxy..")
          .should()
          .haveNameMatching(".*(Util|Utils|Manager|Helper|Impl|Base)");

  @ArchTest
  static final ArchRule onlyTheFeedsSpeakToTheDatabase =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.berth.proxy.http..", "io.berth.proxy.forward..", "io.berth.proxy.tunnel..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..");

  @ArchTest
  static final ArchRule quarkusStaysAtTheRim =
      classes()
          .that()
          .resideInAnyPackage(
              "io.berth.proxy.http..",
              "io.berth.proxy.forward..",
              "io.berth.proxy.tunnel..",
              "io.berth.proxy.limit..",
              "io.berth.proxy.login..",
              "io.berth.proxy.route..",
              "io.berth.proxy.feed..")
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackages("io.quarkus..", "jakarta..");
}
