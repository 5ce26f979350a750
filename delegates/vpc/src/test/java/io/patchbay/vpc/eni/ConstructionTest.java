package io.patchbay.vpc.eni;

import static io.patchbay.vpc.eni.EniWorks.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.vpc.eni.CloudException.Reason;
import io.patchbay.vpc.eni.EniNote.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConstructionTest {
    private final Mortality mortality = new Mortality();
    private final LedgerEc2 ec2 = new LedgerEc2(mortality);
    private final KeptNotes<EniNote> notes = new KeptNotes<>(mortality);
    private final HandTime time = new HandTime();
    private final EniWorks works = new EniWorks(ec2, notes, time);

    @Test
    void anInterfaceIsMadeAttachedAndGoesWithItsInstance() {
        EniNote note = works.construction.run(wanted("t-1"), 0);
        assertThat(note.stage()).isEqualTo(Stage.BE_SEEN);
        assertThat(ec2.secondaries())
                .singleElement()
                .satisfies(eni -> {
                    assertThat(eni.id()).isEqualTo(note.eni());
                    assertThat(eni.attachment().orElseThrow().deleteOnTermination()).isTrue();
                    assertThat(EniWorks.device(eni)).contains(1);
                });
        assertThat(works.intents.coming(Set.of())).containsExactly(note);
        assertThat(works.intents.coming(Set.of(note.eni()))).isEmpty();
        works.intents.confirm(Set.of(note.eni()), _ -> true);
        assertThat(notes.all()).isEmpty();
    }

    @Test
    void theLowestFreeNumberOfTheCardIsTaken() {
        ec2.take(0, 1);
        ec2.take(1, 2);
        works.construction.run(wanted("t-1"), 0);
        works.construction.run(wanted("t-2"), 1);
        works.construction.run(wanted("t-3"), 1);
        assertThat(ec2.secondaries())
                .filteredOn(eni -> eni.subnet().equals("subnet-b"))
                .extracting(EniWorks::device)
                .containsExactly(Optional.of(2), Optional.of(1), Optional.of(3));
    }

    @Test
    void aCardThatIsFullIsRefusedBeforeAnythingIsMade() {
        ec2.take(0, 1);
        ec2.take(0, 2);
        ec2.take(0, 5);
        CloudException full = refused("t-1");
        assertThat(full.reason()).isEqualTo(Reason.INSTANCE_FULL);
        assertThat(full).hasMessageContaining("network card 0 of i-1 has 4 interfaces");
        assertThat(ec2.calls()).doesNotContain("create");
        assertThat(notes.all()).isEmpty();
        assertThatThrownBy(() -> works.construction.run(wanted("t-1"), 7))
                .hasMessageContaining("takes 0");
    }

    @Test
    void whatIsAboutToBeAttachedHasItsNumberAlready() {
        ec2.fail("attach", Reason.SILENT, false);
        ec2.fail("attach", Reason.SILENT, false);
        ec2.fail("attach", Reason.SILENT, false);
        ec2.fail("attach", Reason.SILENT, false);
        assertThat(refused("t-1").reason()).isEqualTo(Reason.SILENT);
        works.construction.run(wanted("t-2"), 0);
        assertThat(ec2.secondaries())
                .extracting(EniWorks::device)
                .containsExactly(Optional.empty(), Optional.of(2));
        assertThat(works.recovery.run()).isEmpty();
        assertThat(ec2.secondaries())
                .extracting(EniWorks::device)
                .containsExactly(Optional.of(1), Optional.of(2));
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void aCreationThatWasRefusedLeavesNothing(Reason reason) {
        ec2.fail("create", reason, false);
        assertThat(refused("t-1").reason()).isEqualTo(reason);
        boolean unknown = reason == Reason.SILENT || reason == Reason.GARBLED;
        assertThat(notes.all().isEmpty()).isNotEqualTo(unknown);
        assertThat(works.recovery.run()).isEmpty();
        assertThat(ec2.secondaries()).hasSize(unknown ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "SILENT, create",
        "GARBLED, create",
        "SILENT, attach",
        "SILENT, deleteOnTermination"
    })
    void anAnswerThatWasLostLosesNothing(Reason reason, String call) {
        ec2.fail(call, reason, true);
        try {
            works.construction.run(wanted("t-1"), 0);
        } catch (CloudException e) {
            assertThat(e.reason()).isEqualTo(reason);
        }
        assertThat(works.recovery.run()).isEmpty();
        assertThat(ec2.secondaries())
                .singleElement()
                .satisfies(eni ->
                        assertThat(eni.attachment().orElseThrow().deleteOnTermination()).isTrue());
        assertThat(notes.all().values()).extracting(EniNote::stage).containsExactly(Stage.BE_SEEN);
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"DENIED", "REFUSED"})
    void whatCannotBeAttachedIsDeleted(Reason reason) {
        ec2.fail("attach", reason, false);
        assertThat(refused("t-1").reason()).isEqualTo(reason);
        assertThat(ec2.secondaries()).isEmpty();
        assertThat(notes.all()).isEmpty();
    }

    @Test
    void whatCouldNotBeDeletedEitherIsDeletedLater() {
        ec2.fail("attach", Reason.REFUSED, false);
        ec2.fail("delete", Reason.DENIED, false);
        assertThat(refused("t-1").getSuppressed()).hasSize(1);
        assertThat(ec2.secondaries()).hasSize(1);
        assertThat(works.recovery.run()).isEmpty();
        assertThat(ec2.secondaries()).isEmpty();
        assertThat(notes.all()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"NOT_FOUND", "BUSY", "THROTTLED", "SILENT"})
    void whatPassesIsWaitedFor(Reason reason) {
        ec2.fail("attach", reason, false);
        ec2.fail("attach", reason, false);
        ec2.fail("deleteOnTermination", reason, false);
        assertThat(works.construction.run(wanted("t-1"), 0).stage()).isEqualTo(Stage.BE_SEEN);
        assertThat(time.pauses()).hasSize(3);
        assertThat(ec2.secondaries()).hasSize(1);
    }

    @Test
    void aNumberThatSomebodyTookIsReplacedByAnother() {
        ec2.fail("attach", Reason.INSTANCE_FULL, false);
        ec2.take(0, 2);
        works.construction.run(wanted("t-1"), 0);
        assertThat(ec2.secondaries())
                .filteredOn(eni -> eni.subnet().equals("subnet-b"))
                .extracting(EniWorks::device)
                .containsExactly(Optional.of(1));
        EniNote note = notes.all().values().iterator().next();
        assertThat(note.device()).isEqualTo(1);
    }

    @Test
    void aTokenThatEc2HasForgottenIsNotUsedAgain() {
        ec2.fail("create", Reason.SILENT, true);
        assertThat(refused("t-1").reason()).isEqualTo(Reason.SILENT);
        time.pass(Duration.ofHours(25));
        assertThat(works.recovery.run()).isEmpty();
        assertThat(notes.all()).isEmpty();
        assertThat(ec2.calls()).containsOnlyOnce("create");
    }

    @Test
    void whatSomebodyTookOffBeforeItWasSeenIsNotWaitedForForEver() {
        EniNote note = works.construction.run(wanted("t-1"), 0);
        works.intents.confirm(Set.of(), _ -> false);
        assertThat(notes.all()).hasSize(1);
        time.pass(Duration.ofMinutes(6));
        works.intents.confirm(Set.of(), note.eni()::equals);
        assertThat(notes.all()).hasSize(1);
        works.intents.confirm(Set.of(), _ -> false);
        assertThat(notes.all()).isEmpty();
    }

    @Test
    void theNotesOfAnotherInstanceAreDropped() {
        EniNote note =
                EniNote.making("i-other", wanted("t-9"), 0, 1, time.millis()).created("eni-99");
        notes.write(note.key(), note);
        assertThat(works.recovery.run()).isEmpty();
        assertThat(notes.all()).isEmpty();
        assertThat(ec2.calls()).isEmpty();
    }

    /// The VPC CNI has room for a hundred, and guards it by the number of interfaces (pkg/awsutils/
    /// awsutils.go:956).
    @Test
    void aDeviceNumberAboveAHundredIsOneLikeAnother() {
        InstanceLimits many = new InstanceLimits(List.of(130), 10, true);
        Construction construction = new EniWorks(ec2, notes, time, many).construction;
        IntStream.rangeClosed(1, 100).forEach(number -> ec2.take(0, number));
        assertThat(construction.run(wanted("t-1"), 0).device()).isEqualTo(101);
    }

    @Test
    void anInterruptLeavesTheRestToRecovery() {
        ec2.fail("attach", Reason.BUSY, false);
        Thread.currentThread().interrupt();
        assertThat(refused("t-1").reason()).isEqualTo(Reason.SILENT);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(ec2.secondaries()).hasSize(1);
        assertThat(works.recovery.run()).isEmpty();
        assertThat(ec2.secondaries().getFirst().attachment()).isPresent();
    }

    private CloudException refused(String token) {
        return catchThrowableOfType(
                CloudException.class, () -> works.construction.run(wanted(token), 0));
    }

    @Test
    void whatIsStillNotFinishedIsTold() {
        ec2.fail("create", Reason.SILENT, false);
        assertThat(refused("t-1").reason()).isEqualTo(Reason.SILENT);
        ec2.fail("create", Reason.DENIED, false);
        List<String> left = works.recovery.run();
        assertThat(left).singleElement().asString().contains("CREATE of interface t-1");
        assertThat(notes.all()).hasSize(1);
    }
}
