package io.berth.session;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.berth.session", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule featuresHaveNoCycles =
      slices().matching("io.berth.session.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule namesSayWhatThingsAre =
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
          .resideInAnyPackage("io.berth.auth..", "io.berth.proxy..", "io.berth.launcher..");

  @ArchTest
  static final ArchRule onlyOnePackageKnowsDocker =
      classes()
          .that()
          .resideOutsideOfPackage("io.berth.session.container.docker..")
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackage("com.github.dockerjava..");

  @ArchTest
  static final ArchRule onlyOnePackageKnowsKubernetes =
      classes()
          .that()
          .resideOutsideOfPackage("io.berth.session.container.kubernetes..")
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackage("io.fabric8..");

  @ArchTest
  static final ArchRule nobodyKnowsWhichRuntimeThereIs =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.berth.session.container.docker..", "io.berth.session.container.kubernetes..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.berth.session.container.docker..", "io.berth.session.container.kubernetes..");
}
