package io.patchbay.meta.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.meta.plan.AttachmentPlan;
import io.patchbay.spi.cni.CniException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// When an undo gives addresses back: not before everything that goes by them is gone, and not
/// later for what is none of theirs.
class ReleasingTest {
    private static final int NUMBER = 1 << 24;

    private final World world = new World();
    private final AttachmentPlan plan =
            world.plan(
                    "c1",
                    NUMBER,
                    List.of(List.of("vpc"), List.of("bridge", "portmap"), List.of("ipvlan")));
    private Attacher attacher = world.attacher();

    @BeforeEach
    void add() {
        attacher.add(plan, world.pod(plan), World.LATER);
        world.events.clear();
    }

    private void del() {
        attacher.del("c1", "eth0", Optional.of(world.pod(plan)), World.LATER);
    }

    private void delIsBusy() {
        assertThatThrownBy(this::del).hasMessageContaining("busy");
    }

    @Test
    void aPluginThatIsStuckKeepsTheAddressesOfItsOwnAttachmentAlone() {
        world.failures.put("del portmap net1 inside", CniException.tryAgain("busy"));

        delIsBusy();

        assertThat(world.events)
                .contains("del bridge net1 inside", "release net2", "release eth0")
                .doesNotContain("release net1");
    }

    @Test
    void theNextDelUndoesAndReleasesWhatIsLeftAndLeavesAloneWhatAnotherPodMayHaveByNow() {
        world.failTimes(1, "del portmap net1 inside", CniException.tryAgain("busy"));
        delIsBusy();
        world.events.clear();

        del();

        assertThat(world.events)
                .contains("del portmap net1 inside", "del bridge net1 inside")
                .containsSubsequence("del bridge net1 inside", "release net1")
                .doesNotContain("del ipvlan net2 inside", "del vpc eth0 inside");
        assertThat(world.storage.files).isEmpty();
    }

    @Test
    void soDoesAProcessThatStartsAfterIt() {
        world.failTimes(1, "del portmap net1 inside", CniException.tryAgain("busy"));
        delIsBusy();
        world.events.clear();

        assertThat(world.attacher().reconcile()).isEmpty();

        assertThat(world.events)
                .contains("del portmap net1 inside", "release net1")
                .doesNotContain("del ipvlan net2 inside", "del vpc eth0 inside");
        assertThat(world.storage.files).isEmpty();
    }

    @Test
    void aReleaseThatFailsIsTriedAgainWithoutTheDelsThatSucceeded() {
        world.failTimes(1, "release net2", CniException.tryAgain("busy"));
        delIsBusy();
        assertThat(world.events).contains("release net1", "release eth0");
        world.events.clear();

        del();

        assertThat(world.events)
                .contains("release net2")
                .noneMatch(event -> event.startsWith("del "));
        assertThat(world.storage.files).isEmpty();
    }

    @Test
    void aKillBetweenTwoReleasesIsFinishedAtTheStartThoughTheNamespaceLives() {
        world.failures.put("release net1", new Killed());
        assertThatThrownBy(this::del).isInstanceOf(Killed.class);
        world.failures.clear();
        world.events.clear();

        assertThat(world.attacher().reconcile()).isEmpty();

        assertThat(world.events)
                .contains("release net1", "release eth0")
                .noneMatch(event -> event.startsWith("del "));
        assertThat(world.storage.files).isEmpty();
    }

    @Test
    void anAddressThatGoesBackOverTheLinkIsReleasedWhileItIsThereAndOnceMoreAtTheEnd() {
        world.overLink = true;

        del();

        assertThat(world.events)
                .containsSubsequence(
                        "del portmap net1 inside",
                        "release net1",
                        "del bridge net1 inside",
                        "DeleteGroup[group=16777216] in /ns/c1",
                        "release net1");
    }

    @Test
    void butNotBeforeWhatTheOthersOfItsChainMadeIsGone() {
        world.overLink = true;
        world.failures.put("del portmap net1 inside", CniException.tryAgain("busy"));

        delIsBusy();

        assertThat(world.events)
                .contains("del bridge net1 inside", "release net2")
                .containsOnlyOnce("release net1");
    }

    @Test
    void noAddressIsReleasedWhileALinkMayStillCarryIt() {
        world.kernel.refused = Optional.of("DeleteGroup[group=16777216] in /ns/c1");

        assertThatThrownBy(this::del).hasMessageContaining("EBUSY");

        assertThat(world.events).contains("del vpc eth0 inside");
        assertThat(world.events).noneMatch(event -> event.startsWith("release"));
    }

    @Test
    void noAddressIsReleasedBeforeTheJournalKnowsThatItsAttachmentIsUndone() {
        world.storage.full = Optional.of("undone/");

        assertThatThrownBy(this::del).hasMessageContaining("journaled");
        assertThat(world.events).noneMatch(event -> event.startsWith("release"));

        world.storage.full = Optional.empty();
        del();
        assertThat(world.storage.files).isEmpty();
    }

    @Test
    void whatAnEarlierSandboxOfTheIdLeftInTheJournalIsNotTakenForThisOnes() {
        new SandboxJournal(world.storage)
                .undone(
                        world.plan("c1", NUMBER + 1024, List.of(List.of("vpc"))),
                        Set.of(plan.attachments().getFirst().id()));
        attacher = world.attacher();

        attacher.check("c1", world.pod(plan), World.LATER);
        del();

        assertThat(world.events).contains("del vpc eth0 inside");
    }

    @Test
    void whatAKillLeftOfAForgottenSandboxIsErasedAtTheStart() {
        del();
        new SandboxJournal(world.storage).undone(plan, Set.of(plan.attachments().getFirst().id()));

        assertThat(world.attacher().reconcile()).isEmpty();

        assertThat(world.storage.files).isEmpty();
    }

    /// What no code catches, as it catches no kill.
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }
}
