package io.patchbay.vpc;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
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
    private static final String JSON = "software.amazon.awssdk.protocols.jsoncore..";

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

    /// But for its reader of JSON, which the checkpoint, a variable and an annotation are read
    /// with.
    @Test
    void onlyEc2KnowsTheSdk() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..ec2..", "..adopt..", "..env..", "..branch..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("software.amazon..").and(resideOutsideOfPackage(JSON)))
                .check(CLASSES);
    }

    /// Its reader of JSON is for what is another program's: everything else has records.
    @Test
    void onlyWhatIsTheVpcCnisIsReadAsJson() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..adopt..", "..env..", "..branch..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(JSON)
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage("..adopt..", "..env..", "..branch..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("software.amazon..")
                                .and(
                                        resideOutsideOfPackage(
                                                "software.amazon.awssdk.protocols.jsoncore..")))
                .check(CLASSES);
    }

    @Test
    void nothingPrints() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
    }
}
