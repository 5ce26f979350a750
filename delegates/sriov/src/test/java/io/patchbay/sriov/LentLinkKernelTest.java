package io.patchbay.sriov;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.machine.PaperCard;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.rig.StaleNeighbour;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The link of a function while a pod has it, on a card on paper.
@Tag("kernel")
class LentLinkKernelTest extends OnCard {
    private static final String MAC = "02:ca:fe:00:00:77";
    private static final String WIRE = "of" + PaperCard.name(PaperCard.virtual(0, 0));

    @Test
    void itHasTheAnnotationsMacAddressAndTheNeighboursLearnIt() {
        node.run(
                "sysctl -qw net.ipv6.conf.%1$s.disable_ipv6=0; ip link set %1$s up"
                        .formatted(WIRE));
        StaleNeighbour neighbour =
                StaleNeighbour.on(node.rig().witness(), WIRE, "10.6.0.2", "fd06::2");
        String network =
                CardNode.network(
                        "\"capabilities\": {\"mac\": true}",
                        "\"mac\": \"02:ca:fe:00:00:01\"",
                        "\"deviceID\": \"%s\"".formatted(PaperCard.virtual(0, 0).value()),
                        """
                        "ipam": {"type": "static",
                          "addresses": [{"address": "10.6.0.2/24"}, {"address": "fd06::2/64"}]}\
                        """);
        try (RigPod pod = new RigPod("pod")) {
            node.rig()
                    .add(
                            pod,
                            List.of("{\"name\": \"media\", \"mac\": \"%s\"}".formatted(MAC)),
                            List.of(network));

            assertThat(pod.witness().run("ip", "link", "show", "eth0")).contains(MAC);
            neighbour.awaitTold(MAC);
            node.rig().check(pod);
            node.rig().del(pod);
        }
    }
}
