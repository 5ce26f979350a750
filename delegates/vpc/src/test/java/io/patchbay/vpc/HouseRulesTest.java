package io.patchbay.vpc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Rtnl;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.patchbay.vpc");

    @Test
    void thereAreClassesToHoldTheRulesAgainst() {
        assertThat(CLASSES.size()).isGreaterThan(20);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.patchbay.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void decisionsTouchNeitherKernelNorCloud() {
        noClasses()
                .that()
                .resideInAnyPackage("..pool..", "..eni..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Rtnl.class, Netns.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net.http..",
                        "software.amazon..",
                        "..imds..",
                        "..ec2..",
                        "..plumbing..")
                .check(CLASSES);
    }

    @Test
    void onlyImdsTalksHttp() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..imds..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.net.http..")
                .check(CLASSES);
    }

    @Test
    void onlyEc2KnowsTheSdk() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..ec2..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon..")
                .check(CLASSES);
    }

    @Test
    void nothingPrints() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
    }
}
