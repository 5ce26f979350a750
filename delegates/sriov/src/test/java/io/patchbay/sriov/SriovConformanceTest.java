package io.patchbay.sriov;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.DelegateConformance;
import io.patchbay.kit.machine.PaperCard;
import io.patchbay.kit.rig.Hardware;
import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.DelegateProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The type `sriov` by the kit's rules, on a card on paper.
class SriovConformanceTest extends DelegateConformance<SriovConfig> {
    @TempDir Path paper;
    private Optional<PaperCard> card = Optional.empty();

    @Override
    public DelegateProvider<SriovConfig> provider() {
        return new SriovProvider();
    }

    @Override
    protected Hardware hardware() {
        PaperCard made = new PaperCard(directory());
        card = Optional.of(made);
        return made.hardware();
    }

    private Path directory() {
        try {
            return Files.createTempDirectory(paper, "card");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void prepare(NodeRig node) {
        card.orElseThrow().plug(node.witness());
    }

    @Override
    public String network(String ipam) {
        return """
        {"cniVersion": "1.1.0", "name": "media", "type": "sriov",
         "vlan": 100, "vlanQoS": 3, "mac": "02:ca:fe:00:00:01", "spoofchk": "off",
         "trust": "on", "max_tx_rate": 200, "mtu": 1400, "ipam": %s}
        """
                .formatted(ipam);
    }

    /// What the node lends it has no more.
    @Override
    @Test
    public void add308_leavesTheNodeWhatItHad() {
        NodeRig node = candidate().rig();
        Snapshot before = node.snapshot();
        try (RigPod pod = new RigPod("add-308")) {
            node.add(pod, candidate().config());
            assertThat(node.snapshot().since(before))
                    .filteredOn(line -> line.contains(" - "))
                    .isNotEmpty()
                    .allMatch(line ->
                            line.contains("card0v0") || line.contains("VirtualFunction[index=0"));
        }
    }
}
