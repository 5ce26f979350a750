package io.patchbay.sriov;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.DelegateConformance;
import io.patchbay.kit.machine.PaperCard;
import io.patchbay.kit.rig.Hardware;
import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The kit's rules for a type that lends functions of a card, on a card on paper.
abstract class CardConformance<C extends Record> extends DelegateConformance<C> {
    @TempDir Path paper;
    private Optional<PaperCard> card = Optional.empty();

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
