package io.patchbay.vpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Netns;
import io.patchbay.vpc.plumbing.NodeNetwork;
import io.patchbay.vpc.pool.AddressNote;
import io.patchbay.vpc.pool.Addresses;
import io.patchbay.vpc.pool.Holding;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is taken over, over boots of the machine and crashes of the process.
@Tag("kernel")
class InheritanceKernelTest {
    @TempDir Path directory;

    private final SimulatedVpc vpc = SimulatedVpc.open();
    private final MemoryJournal<AddressNote> addressNotes = new MemoryJournal<>();
    private final MemoryJournal<InheritanceNote> notes = new MemoryJournal<>();
    private AwsNode node;
    private AwsPod pod;

    @BeforeEach
    void open() {
        node = AwsNode.leave(vpc, directory, new int[] {1}, new int[] {1}).remembered();
        pod = node.pods().getFirst();
    }

    @AfterEach
    void close() {
        node.close();
        vpc.close();
    }

    /// What a process holds that starts in a boot of the machine. What a process of a boot holds
    /// for the pod.
    private Holding held(String boot) {
        return Objects.requireNonNull(start(boot).get(pod.address()));
    }

    private Map<InetAddress, Holding> start(String boot) {
        Netns host = new BootedNetns(node.rig().host(), boot);
        Addresses addresses =
                new Addresses(addressNotes, InstantSource.system(), Duration.ofHours(1));
        Eviction eviction =
                new Eviction(
                        host,
                        new NodeNetwork(host, 0, EgressSettings.NONE.policy(Map.of())),
                        addresses);
        new Inheritance(eviction, notes, node.checkpoint()).take();
        return addresses.pool().holdings();
    }

    @Test
    void anotherProcessOfTheSameBootKeepsIt() {
        assertThat(held("one").isAssigned()).isTrue();
        assertThat(held("one").isAssigned()).isTrue();
    }

    @Test
    void aProcessThatWasKilledBeforeItNotedAnythingTakesItOverAgain() {
        start("one");
        notes.write(InheritanceNote.KEY, new InheritanceNote("one", List.of()));
        assertThat(held("one").isAssigned()).isTrue();
        assertThat(start("one")).hasSize(1);
    }

    @Test
    void afterAnotherBootItIsGivenUpThoughALinkHasTheSameIndex() throws IOException {
        start("one");
        // It is on a tmpfs.
        Files.delete(node.checkpoint().resolve("ipam.json"));
        assertThat(held("two").isAssigned()).isFalse();
    }

    @Test
    void anAddressThatCoolsIsTakenOverWhereAmazonsPluginGaveItMeanwhile() {
        Holding held = held("one");
        addressNotes.write(
                addressNotes.all().keySet().iterator().next(),
                new AddressNote(
                        new AttachmentId("gone", "pods", "eth0"),
                        Cidr.text(pod.address()),
                        "",
                        254,
                        held.link(),
                        1,
                        Optional.empty(),
                        false));
        notes.erase(InheritanceNote.KEY);
        assertThat(held("one").owner().containerId()).isEqualTo(pod.sandbox().containerId());
    }
}
