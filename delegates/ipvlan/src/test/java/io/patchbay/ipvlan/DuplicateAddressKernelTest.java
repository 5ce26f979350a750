package io.patchbay.ipvlan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.cni.CniException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An address that somebody has already, on macvlan links.
@Tag("kernel")
class DuplicateAddressKernelTest {
    @TempDir private Path state;
    private NodeRig rig;

    @BeforeEach
    void openNode() {
        rig = NodeRig.of(state, new MacvlanProvider());
        Networks.layParent(rig);
    }

    @AfterEach
    void closeNode() {
        rig.close();
    }

    private static String fixed(String address, String keys) {
        return Networks.fixed("macvlan", address, keys);
    }

    @Test
    void theAddressOfALivingPodIsRefusedByTheNameOfItsAttachment() {
        try (RigPod one = new RigPod("one");
                RigPod two = new RigPod("two")) {
            rig.add(one, fixed("10.7.0.2/24", ""));
            rig.restart();
            assertThatThrownBy(() -> rig.add(two, fixed("10.7.0.2/24", "")))
                    .isInstanceOf(CniException.class)
                    .hasMessageContainingAll("10.7.0.2", "eth0 of one", "up0")
                    .returns(11, e -> ((CniException) e).code().value());

            rig.check(one);
            rig.del(one);
            rig.add(two, fixed("10.7.0.2/24", ""));
            rig.check(two);
        }
    }

    /// The core's plan is what is waited for; the note ends with the links it is about.
    @Test
    void theNoteByWhichADuplicateIsToldWaitsForNoDisk() {
        try (RigPod one = new RigPod("one")) {
            rig.faults().disarm();
            rig.add(one, fixed("10.7.0.2/24", ""));
            assertThat(rig.faults().calls())
                    .anyMatch(call -> call.startsWith("write lazily notes/macvlan/"))
                    .filteredOn(call -> call.startsWith("write ") && !call.contains("lazily"))
                    .hasSize(1);
        }
    }

    @Test
    void noLeaseIsLeftOfOneThatIsRefused() {
        try (RigPod one = new RigPod("one");
                RigPod two = new RigPod("two")) {
            rig.add(one, Networks.dualStack(rig, "macvlan", ""));
            String other = Networks.dualStack(rig, "macvlan", "").replace("\"plain\"", "\"other\"");
            Snapshot inside = two.snapshot();

            assertThatThrownBy(() -> rig.add(two, other))
                    .isInstanceOf(CniException.class)
                    .hasMessageContaining("10.7.0.2");
            assertThat(rig.leases().resolve("other"))
                    .isDirectoryNotContaining(
                            file -> file.getFileName().toString().matches("[0-9a-f]+[.:].*"));
            assertThat(two.snapshot().since(inside)).isEmpty();
            rig.check(one);
        }
    }

    @Test
    void theParentsOwnAddressIsRefused() {
        Snapshot before = rig.snapshot();
        try (RigPod pod = new RigPod("one")) {
            assertThatThrownBy(() -> rig.add(pod, fixed("192.0.2.1/24", "")))
                    .isInstanceOf(CniException.class)
                    .hasMessageContainingAll("192.0.2.1", "parent", "up0", "the host")
                    .returns(7, e -> ((CniException) e).code().value());
        }
        assertThat(rig.snapshot().since(before)).isEmpty();
    }

    @Test
    void anAddressThatSomebodyOnTheNetworkAnswersForIsRefusedIfAskedFor() {
        Networks.run(rig, "ip address add 10.7.0.2/24 dev up1");
        try (RigPod one = new RigPod("one")) {
            assertThatThrownBy(() -> rig.add(one, fixed("10.7.0.2/24", "\"enabledad\": true")))
                    .isInstanceOf(CniException.class)
                    .hasMessageContainingAll("10.7.0.2", "taken")
                    .returns(11, e -> ((CniException) e).code().value());

            rig.add(one, fixed("10.7.0.3/24", "\"enabledad\": true"));
            rig.check(one);
        }
    }
}
