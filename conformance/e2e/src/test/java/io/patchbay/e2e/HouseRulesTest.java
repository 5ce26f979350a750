package io.patchbay.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.concurrent.Executors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The rules of the house, for every module at once: this one has them all on its class path.
class HouseRulesTest {
    private static final JavaClasses HOUSE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.patchbay");

    private static final List<String> ROOMS =
            List.of(
                    "io.patchbay.spi",
                    "io.patchbay.kernel",
                    "io.patchbay.dpdk",
                    "io.patchbay.meta",
                    "io.patchbay.bridge",
                    "io.patchbay.chained",
                    "io.patchbay.ipvlan",
                    "io.patchbay.userspace",
                    "io.patchbay.vpc",
                    "io.patchbay.kit",
                    "io.patchbay.cloud",
                    "io.patchbay.cluster",
                    "io.patchbay.suite",
                    "io.patchbay.e2e");

    @TestFactory
    List<DynamicTest> noRoomIsEmptySoThatNoRulePassesOnNothing() {
        return ROOMS.stream()
                .map(room ->
                        DynamicTest.dynamicTest(
                                room,
                                () ->
                                        assertThat(HOUSE)
                                                .filteredOn(type -> isIn(type, room))
                                                .hasSizeGreaterThanOrEqualTo(8)))
                .toList();
    }

    private static boolean isIn(JavaClass type, String room) {
        return type.getPackageName().equals(room) || type.getPackageName().startsWith(room + ".");
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.patchbay.(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void aDelegateKnowsTheContractAndNothingElseOfOurs() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.patchbay.bridge..",
                        "io.patchbay.chained..",
                        "io.patchbay.ipvlan..",
                        "io.patchbay.userspace..",
                        "io.patchbay.vpc..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.patchbay.kernel..",
                        "io.patchbay.meta..",
                        "io.patchbay.kit..",
                        "io.patchbay.cloud..")
                .check(HOUSE);
    }

    @Test
    void theDaemonNamesNoDelegate() {
        noClasses()
                .that()
                .resideInAPackage("io.patchbay.meta..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.patchbay.bridge..",
                        "io.patchbay.chained..",
                        "io.patchbay.ipvlan..",
                        "io.patchbay.userspace..",
                        "io.patchbay.vpc..")
                .check(HOUSE);
    }

    @Test
    void nativeCodeIsCalledFromTheMachineRoomOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.patchbay.kernel..", "io.patchbay.meta.socket")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jnr..")
                .check(HOUSE);
    }

    @Test
    void jsonEndsAtTheEdge() {
        noClasses()
                .that()
                .resideInAnyPackage("io.patchbay.spi..", "io.patchbay.kernel..")
                .or()
                .resideInAnyPackage("io.patchbay.meta.attach", "io.patchbay.meta.socket")
                .or()
                .resideInAnyPackage(
                        "io.patchbay.bridge..",
                        "io.patchbay.chained..",
                        "io.patchbay.ipvlan..",
                        "io.patchbay.userspace..",
                        "io.patchbay.vpc..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml..")
                .check(HOUSE);
    }

    /// A virtual thread that waits for a process or for native code keeps its carrier, and there
    /// are as many carriers as processors. For a process the JDK starts a spare one, which ends
    /// after 30 s without work; no other takes its place, for those that wait count (JDK 25,
    /// ForkJoinPool.signalWork). The next virtual thread never runs, whosever it is. The tests of
    /// this module are meant too.
    @Test
    void nobodyStartsAVirtualThread() {
        ArchRule rule =
                noClasses()
                        .should()
                        .callMethod(Thread.class, "ofVirtual")
                        .orShould()
                        .callMethod(Thread.class, "startVirtualThread", Runnable.class)
                        .orShould()
                        .callMethod(Executors.class, "newVirtualThreadPerTaskExecutor");
        rule.check(HOUSE);
        rule.check(new ClassFileImporter().importPackages("io.patchbay.e2e"));
    }

    @Test
    void everyPackageIsNullMarked() {
        classes().should(liveInANullMarkedPackage()).check(HOUSE);
    }

    private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
        return new ArchCondition<>("live in a @NullMarked package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(
                        new SimpleConditionEvent(
                                type, marked, type.getPackageName() + " of " + type.getName()));
            }
        };
    }

    @Test
    void noPackageHasANameThatSaysNothing() {
        noClasses()
                .should()
                .resideInAnyPackage(
                        "..util..", "..common..", "..helper..", "..manager..", "..impl..")
                .check(HOUSE);
    }

    @Test
    void onlyCommandsPrintToTheTerminal() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.patchbay.meta.run", "io.patchbay.e2e..", "io.patchbay.bench..")
                .and()
                .doNotHaveFullyQualifiedName("io.patchbay.cluster.Main")
                .and()
                .doNotHaveFullyQualifiedName("io.patchbay.dpdk.pod.Main")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(HOUSE);
    }
}
