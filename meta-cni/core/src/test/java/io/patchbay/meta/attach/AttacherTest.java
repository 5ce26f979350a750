package io.patchbay.meta.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.meta.journal.Storage;
import io.patchbay.meta.plan.AttachmentPlan;
import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.net.KernelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AttacherTest {
    private static final int NUMBER = 1 << 24;

    private final World world = new World();
    private final AttachmentPlan plan =
            world.plan("c1", NUMBER, List.of(List.of("vpc"), List.of("bridge", "tuning")));
    private Attacher attacher = world.attacher();

    private void add() {
        attacher.add(plan, world.pod(plan), World.LATER);
    }

    private void del() {
        attacher.del("c1", "eth0", Optional.of(world.pod(plan)), World.LATER);
    }

    @Test
    void allStepsAreProbedBeforeTheFirstIsMadeAndThenMadeInOrder() {
        add();

        assertThat(world.events)
                .containsExactly(
                        "probe vpc eth0",
                        "probe bridge net1",
                        "probe tuning net1",
                        "acquire eth0",
                        "add vpc eth0",
                        "acquire net1",
                        "add bridge net1",
                        "acquire net1",
                        "add tuning net1");
    }

    @Test
    void aProbeKnowsWhatTheRuntimeGaveTheDefaultNetworkAndNothingOfStepsToCome() {
        AttachmentPlan behind =
                new AttachmentPlan(
                        plan.containerId(),
                        plan.pod(),
                        plan.number(),
                        plan.netns(),
                        plan.netnsInode(),
                        Optional.of(World.resultOf("runtime")),
                        List.of(
                                world.plan("c2", NUMBER, List.of(List.of("vpc", "sbr")))
                                        .attachments()
                                        .getFirst(),
                                plan.attachments().getLast()));
        attacher.add(behind, world.pod(plan), World.LATER);

        assertThat(world.told).containsExactly(Map.entry("probe vpc", World.resultOf("runtime")));
    }

    @Test
    void delGoesInReverseThenDeletesTheLinksInOneMessageThenReleasesTheAddresses() {
        add();
        world.events.clear();

        del();

        assertThat(world.events)
                .containsExactly(
                        "del tuning net1 inside",
                        "del bridge net1 inside",
                        "del vpc eth0 inside",
                        "DeleteGroup[group=16777216] in /ns/c1",
                        "DeleteGroup[group=16777216] in /host",
                        "release net1",
                        "release net1",
                        "release eth0");
        assertThat(world.storage.files).isEmpty();
    }

    @Test
    void aSecondDelAndTheDelOfAnUnknownContainerSucceedWithoutEffect() {
        add();
        del();
        world.events.clear();

        del();
        attacher.del("never-seen", "eth0", Optional.empty(), World.LATER);

        assertThat(world.events).isEmpty();
    }

    @Test
    void delUnderAnotherInterfaceNameLeavesTheSandboxAlone() {
        add();
        world.events.clear();

        attacher.del("c1", "net1", Optional.of(world.pod(plan)), World.LATER);

        assertThat(world.events).isEmpty();
    }

    @Test
    void aFailedStepIsUndoneWithAllBeforeIt() {
        world.failures.put("add bridge net1", CniException.tryAgain("no"));

        assertThatThrownBy(this::add).hasMessage("net1 (core/n-net1, bridge): no");

        assertThat(world.events).contains("del bridge net1 inside", "del vpc eth0 inside");
        assertThat(world.events).doesNotContain("add tuning net1");
        assertThat(world.storage.files).isEmpty();
    }

    @Test
    void aRefusalKeepsItsCodeAndAKernelFailureIsABug() {
        world.failures.put("add vpc eth0", CniException.tryAgain("pool is empty"));
        assertThat(failure().code()).isEqualTo(Standard.TRY_AGAIN_LATER);

        world.failures.put("add vpc eth0", new KernelException("x", 12, "ENOMEM"));
        assertThat(failure().code()).isEqualTo(Standard.INTERNAL);
        assertThat(failure().details()).contains("ENOMEM");
    }

    private CniException failure() {
        return catchThrowableOfType(CniException.class, this::add);
    }

    @Test
    void aRefusedProbeOrAnUnknownTypeTouchesNothingAndJournalsNothing() {
        world.failures.put("probe tuning net1", CniException.invalidConfig("no"));
        assertThatThrownBy(this::add).isInstanceOf(CniException.class);

        AttachmentPlan unknown = world.plan("c2", NUMBER + 1024, List.of(List.of("unknown")));
        assertThatThrownBy(() -> attacher.add(unknown, world.pod(unknown), World.LATER))
                .hasMessageContaining("unknown");

        assertThat(world.events).allMatch(event -> event.startsWith("probe"));
        assertThat(world.storage.files).isEmpty();
    }

    @Test
    void anInterfaceNameThatIsTakenInThePodIsRefused() {
        world.kernel.takenNames.add("net1");

        assertThatThrownBy(this::add)
                .hasMessageContaining("\"net1\"")
                .hasMessageContaining("/ns/c1");
        assertThat(world.events).isEmpty();
    }

    @Test
    void aRepeatedAddOfALivingSandboxIsRefusedAndHarmsNothing() {
        add();
        world.events.clear();

        CniException refusal = failure();

        assertThat(refusal.code()).isEqualTo(Standard.INVALID_NETWORK_CONFIG);
        assertThat(refusal).hasMessageContaining("c1");
        assertThat(world.events).isEmpty();
        attacher.check("c1", world.pod(plan), World.LATER);
    }

    @Test
    void anUndoThatFailsStaysInTheJournalAndTheNextDelFinishesIt() {
        world.failures.put("add tuning net1", CniException.tryAgain("no"));
        world.failures.put("del bridge net1 inside", CniException.tryAgain("busy"));
        CniException refusal = failure();
        assertThat(refusal.getSuppressed()).hasSize(1);
        assertThat(world.events)
                .contains("del vpc eth0 inside", "release eth0")
                .doesNotContain("release net1");

        world.failures.clear();
        attacher = world.attacher();
        del();

        assertThat(world.events).contains("release net1");
        assertThat(world.storage.files).isEmpty();
    }

    @Test
    void aDelThatCannotBeFinishedTriesAllAndSaysSo() {
        add();
        world.failures.put("del tuning net1 inside", CniException.tryAgain("busy"));
        world.failures.put("del vpc eth0 inside", CniException.tryAgain("throttled"));

        CniException told = catchThrowableOfType(CniException.class, this::del);

        assertThat(told).hasMessage("net1 (core/n-net1, tuning): busy; 1 more failed");
        assertThat(told.code()).isEqualTo(Standard.TRY_AGAIN_LATER);
        assertThat(told.details()).isEqualTo("eth0 (core/n-eth0, vpc): throttled");
        assertThat(told.getSuppressed()).hasSize(1);
        assertThat(world.events).contains("del bridge net1 inside");
        assertThat(world.storage.files).isNotEmpty();
    }

    @Test
    void anAddAfterACrashedOneUndoesItFirst() {
        new SandboxJournal(world.storage).begin(plan);
        attacher = world.attacher();

        add();

        assertThat(world.events.getFirst()).isEqualTo("del tuning net1 inside");
        assertThat(world.events).contains("add tuning net1");
    }

    @Test
    void delWithoutANamespaceWorksAndANamesakeNamespaceIsNotEntered() {
        add();
        world.kernel.inodes.put("/ns/c1", 9999L);
        world.events.clear();

        attacher.del("c1", "eth0", Optional.of(world.pod(plan)), World.LATER);

        assertThat(world.events)
                .contains("del vpc eth0 outside")
                .noneMatch(event -> event.contains("in /ns/c1"));
    }

    @Test
    void aFullDiskUnderTheJournalRefusesTheAddBeforeItsFirstEffect() {
        Attacher onFullDisk =
                new Attacher(
                        world.kernel,
                        world,
                        new SandboxJournal(new FullDisk()),
                        world.devices,
                        InstantSource.system());

        assertThatThrownBy(() -> onFullDisk.add(plan, world.pod(plan), World.LATER))
                .isInstanceOfSatisfying(
                        CniException.class,
                        e -> assertThat(e.code()).isEqualTo(Standard.IO_FAILURE));
        assertThat(world.events).allMatch(event -> event.startsWith("probe"));
    }

    @Test
    void anAddWhoseDeadlineHasPassedStartsNoFurtherStep() {
        Instant past = Instant.now().minusSeconds(1);

        assertThatThrownBy(() -> attacher.add(plan, world.pod(plan), past))
                .isInstanceOfSatisfying(
                        CniException.class,
                        e -> assertThat(e.code()).isEqualTo(Standard.TRY_AGAIN_LATER));
        assertThat(world.events).noneMatch(event -> event.startsWith("add"));
    }

    @Test
    void checkOfAnUnknownContainerIsCodeThree() {
        assertThatThrownBy(() -> attacher.check("c9", world.pod(plan), World.LATER))
                .isInstanceOfSatisfying(
                        CniException.class,
                        e -> assertThat(e.code()).isEqualTo(Standard.UNKNOWN_CONTAINER));
    }

    @Test
    void checkAsksEveryStepAndItsLease() {
        add();
        world.events.clear();

        attacher.check("c1", world.pod(plan), World.LATER);

        assertThat(world.events)
                .containsExactly(
                        "check lease eth0",
                        "check vpc eth0",
                        "check lease net1",
                        "check bridge net1",
                        "check lease net1",
                        "check tuning net1");
    }

    @Test
    @DisplayName("rows 41, 53, 54, 81, 82: CHECK and DEL tell every step its chain's final result")
    void checkAndDelTellEveryStepItsChainsFinalResult() {
        add();
        attacher = world.attacher();

        attacher.check("c1", world.pod(plan), World.LATER);
        del();

        assertThat(world.told)
                .containsEntry("check bridge", World.resultOf("tuning"))
                .containsEntry("check tuning", World.resultOf("tuning"))
                .containsEntry("check vpc", World.resultOf("vpc"))
                .containsEntry("del bridge", World.resultOf("tuning"))
                .containsEntry("del tuning", World.resultOf("tuning"))
                .containsEntry("del vpc", World.resultOf("vpc"));
    }

    @Test
    @DisplayName("row 5: a network that forbids GC is not swept, and our own sandboxes are undone")
    void aNetworkThatForbidsGcIsNotSwept() {
        add();
        PlannedAttachment shared = plan.attachments().getFirst();
        world.events.clear();

        attacher.gc(
                sandbox -> false,
                List.of(
                        new PlannedAttachment(
                                shared.id(),
                                shared.title(),
                                shared.version(),
                                false,
                                true,
                                Optional.empty(),
                                Optional.empty(),
                                shared.steps())),
                Set.of(),
                World.LATER);

        assertThat(world.events)
                .contains("del vpc eth0 inside")
                .noneMatch(event -> event.startsWith("gc"));
    }

    @Test
    void gcUndoesWhatIsNotValidAndSweepsEachNetworkWithWhatIs() {
        add();
        AttachmentPlan other = world.plan("c2", NUMBER + 1024, List.of(List.of("vpc")));
        attacher.add(other, world.pod(other), World.LATER);
        world.events.clear();

        attacher.gc(
                sandbox -> sandbox.plan().containerId().equals("c2"),
                other.attachments(),
                Set.of(
                        new AttachmentId("multus", "n-eth0", "net1"),
                        new AttachmentId("multus", "elsewhere", "net2")),
                World.LATER);

        assertThat(world.events)
                .as("with one sandbox of ours and one of another program")
                .contains("del vpc eth0 inside", "gc vpc 2", "gc leases 2")
                .doesNotContain("gc vpc 3");
        assertThat(world.storage.files.keySet()).containsExactly("results/c2", "sandboxes/c2");
    }

    @Test
    void startUpUndoesCrashedAddsAndSandboxesWithoutANamespaceAndKeepsTheLiving() {
        add();
        AttachmentPlan crashed = world.plan("c2", NUMBER + 1024, List.of(List.of("vpc")));
        new SandboxJournal(world.storage).begin(crashed);
        AttachmentPlan gone = world.plan("c3", NUMBER + 2048, List.of(List.of("vpc")));
        attacher.add(gone, world.pod(gone), World.LATER);
        world.kernel.inodes.remove("/ns/c3");
        world.events.clear();

        assertThat(world.attacher().reconcile()).isEmpty();

        assertThat(world.storage.files.keySet()).containsExactly("results/c1", "sandboxes/c1");
        assertThat(world.events).contains("del vpc eth0 inside", "del vpc eth0 outside");
    }

    /// A state directory on a disk without room.
    private static final class FullDisk implements Storage {
        @Override
        public void write(String name, byte[] content) {
            throw new UncheckedIOException(new IOException(name + ": No space left on device"));
        }

        @Override
        public void writeLazily(String name, byte[] content) {
            write(name, content);
        }

        @Override
        public Optional<byte[]> read(String name) {
            return Optional.empty();
        }

        @Override
        public void erase(String name) {}

        @Override
        public List<String> list(String directory) {
            return List.of();
        }

        @Override
        public void setAside(String name, String reason) {}
    }
}
