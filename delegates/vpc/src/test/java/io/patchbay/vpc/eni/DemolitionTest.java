package io.patchbay.vpc.eni;

import static io.patchbay.vpc.eni.EniWorks.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.vpc.eni.CloudException.Reason;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemolitionTest {
    private final Mortality mortality = new Mortality();
    private final LedgerEc2 ec2 = new LedgerEc2(mortality);
    private final KeptNotes<EniNote> notes = new KeptNotes<>(mortality);
    private final EniWorks works = new EniWorks(ec2, notes, new HandTime());
    private NetworkInterface eni;

    @BeforeEach
    void attachOne() {
        EniNote note = works.construction.run(wanted("t-1"), 0);
        eni = ec2.secondaries().getFirst();
        works.intents.confirm(Set.of(note.eni()), _ -> true);
    }

    @Test
    void anInterfaceIsTakenOffAndDeleted() {
        works.demolition.run(eni);
        assertThat(ec2.secondaries()).isEmpty();
        assertThat(notes.all()).isEmpty();
    }

    @Test
    void oneThatWasNotSeenYetIsNotWaitedForAnyMore() {
        works.construction.run(wanted("t-2"), 0);
        works.demolition.run(ec2.secondaries().getLast());
        assertThat(notes.all()).isEmpty();
        assertThat(ec2.secondaries()).containsExactly(eni);
    }

    @ParameterizedTest
    @CsvSource({
        "detach, BUSY", "detach, THROTTLED", "detach, SILENT", "detach, NOT_FOUND",
        "delete, BUSY", "delete, THROTTLED", "delete, SILENT", "delete, NOT_FOUND"
    })
    void whatPassesIsWaitedForAndWhatIsGoneIsDone(String call, Reason reason) {
        ec2.fail(call, reason, reason == Reason.NOT_FOUND || reason == Reason.SILENT);
        works.demolition.run(eni);
        assertThat(ec2.secondaries()).isEmpty();
        assertThat(notes.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"DENIED", "REFUSED"})
    void whatMayNotBeTakenOffStaysAndIsForgotten(Reason reason) {
        ec2.fail("detach", reason, false);
        assertThatThrownBy(() -> works.demolition.run(eni)).isInstanceOf(CloudException.class);
        assertThat(ec2.secondaries()).containsExactly(eni);
        assertThat(notes.all()).isEmpty();
    }

    @Test
    void itIsGoneWhenEc2HasSaidSoTwice() {
        ec2.fail("delete", Reason.NOT_FOUND, false);
        works.demolition.run(eni);
        assertThat(ec2.secondaries()).isEmpty();
    }

    @Test
    void whatWasSaidNotToBeAttachedAndIsInUseIsTakenOffAgain() {
        ec2.fail("detach", Reason.NOT_FOUND, false);
        assertThatThrownBy(() -> works.demolition.run(eni)).isInstanceOf(CloudException.class);
        assertThat(works.recovery.run()).isEmpty();
        assertThat(ec2.secondaries()).isEmpty();
        assertThat(notes.all()).isEmpty();
    }

    @Test
    void whatIsOffAndMayNotBeDeletedIsKeptInMind() {
        ec2.fail("delete", Reason.DENIED, false);
        assertThatThrownBy(() -> works.demolition.run(eni)).isInstanceOf(CloudException.class);
        assertThat(works.intents.ids()).containsExactly(eni.id());
        assertThat(works.intents.coming(Set.of())).isEmpty();
        ec2.fail("delete", Reason.DENIED, false);
        assertThat(works.recovery.run()).singleElement().asString().contains(eni.id());
        assertThat(works.recovery.run()).isEmpty();
        assertThat(ec2.secondaries()).isEmpty();
    }
}
