package io.berth.guard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.berth.guard", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.berth.guard.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule rulesKnowNoConnections =
      noClasses()
          .that()
          .resideInAPackage("io.berth.guard.rule..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx.core.http..", "io.berth.guard.engine..");

  @ArchTest
  static final ArchRule knowsNoOtherService =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.berth.auth..", "io.berth.session..", "io.berth.proxy..", "io.berth.launcher..");

  @ArchTest
  static final ArchRule namesSayWhat =
      noClasses().should().haveNameMatching(".*(Util|Utils|Manager|Helper|Impl|Base)");
}
