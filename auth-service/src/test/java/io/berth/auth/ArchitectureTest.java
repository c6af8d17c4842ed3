package io.berth.auth;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.berth.auth", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule featuresHaveNoCycles =
      slices().matching("io.berth.auth.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule namesSayWhatAThingIs =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Impl")
          .orShould()
          .haveSimpleNameStartingWith("Base")
          .orShould()
          .resideInAnyPackage("..util..", "..impl..", "..misc..");

  @ArchTest
  static final ArchRule servicesShareOnlyCommon =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.berth.session..", "io.berth.proxy..", "io.berth.launcher..");

  @ArchTest
  static final ArchRule onlyProviderKnowsQuarkusOidc =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.berth.auth.provider")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.quarkus.oidc..");

  @ArchTest
  static final ArchRule nobodyReadsTheEnvironment =
      noClasses()
          .should()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class)
          .orShould()
          .callMethod(System.class, "getProperty", String.class);
}
