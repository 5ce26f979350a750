package io.patchbay.sriov;

import io.patchbay.kit.machine.PaperCard;
import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.cni.CniResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A node with a card on paper. Pods get its virtual functions in the card's order.
record CardNode(NodeRig rig, PaperCard card) implements AutoCloseable {
    static CardNode boot(Path work) {
        PaperCard card = new PaperCard(directory(work, "card"));
        NodeRig rig =
                new NodeRig(
                        directory(work, "state"),
                        List.of(new SriovProvider()),
                        Map.of(),
                        card.hardware());
        card.plug(rig.witness());
        rig.start();
        return new CardNode(rig, card);
    }

    private static Path directory(Path work, String name) {
        try {
            return Files.createDirectory(work.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param keys of the network, as `"vlan": 5`
    CniResult add(RigPod pod, String... keys) {
        return rig.add(pod, network(keys)).getFirst().result();
    }

    static String network(String... keys) {
        return """
        {"cniVersion": "1.1.0", "name": "media", "type": "sriov"%s%s}
        """
                .formatted(keys.length == 0 ? "" : ", ", String.join(", ", keys));
    }

    Snapshot snapshot() {
        return rig.snapshot();
    }

    String run(String command) {
        return rig.witness().run("sh", "-ec", command);
    }

    @Override
    public void close() {
        rig.close();
    }
}
