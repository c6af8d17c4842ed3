package io.berth.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.berth.bench", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.berth.bench.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule namesSayWhatThingsDo =
      noClasses().should().haveNameMatching(".*\\.[A-Za-z]*(Util|Utils|Manager|Helper|Impl|Base)$");

  @ArchTest
  static final ArchRule dependsOnNoService =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.berth.auth..", "io.berth.session..", "io.berth.proxy..");

  @ArchTest
  static final ArchRule upstreamAndReportKnowNobody =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.berth.bench.upstream", "io.berth.bench.report", "io.berth.bench.process")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.berth.bench.load",
              "io.berth.bench.peer",
              "io.berth.bench.berth",
              "io.berth.bench.measure");
}
