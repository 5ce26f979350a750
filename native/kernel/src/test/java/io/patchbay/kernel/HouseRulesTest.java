package io.patchbay.kernel;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.patchbay.kernel");

    @Test
    void thereAreClassesToHoldTheRulesAgainst() {
        assertThat(CLASSES.size()).isGreaterThan(30);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.patchbay.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void whatIsOnTheWireIsReadAndWrittenWithoutASystemCall() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAPackage("..rtnl.*..")
                .should()
                .dependOnClassesThat()
                .haveSimpleName("Syscalls")
                .check(CLASSES);
    }

    @Test
    void onlyLibcAndNftKnowTheForeignFunctionLibrary() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackages("..libc..", "..nft..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jnr..")
                .check(CLASSES);
    }

    @Test
    void nothingPrints() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
    }
}
