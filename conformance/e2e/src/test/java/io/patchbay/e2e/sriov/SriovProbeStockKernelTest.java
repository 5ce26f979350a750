package io.patchbay.e2e.sriov;

import static io.patchbay.e2e.sriov.CardNode.function;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.kit.snapshot.Witness;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `patchbay vf --probe` on functions of a card behind an IOMMU.
@Tag("stock-kernel")
class SriovProbeStockKernelTest {
    private final CardNode node = CardNode.shared();

    private Witness.Said probe(String... functions) {
        String[] line = new String[functions.length + 4];
        System.arraycopy(new String[] {"vf", "--probe", "--output", "json"}, 0, line, 0, 4);
        System.arraycopy(functions, 0, line, 4, functions.length);
        return node.installation().operate(line);
    }

    private static String usable(Witness.Said said, String function) throws IOException {
        for (JsonNode row :
                new ObjectMapper().readTree(said.output()).at("/types/0/tables/0/rows")) {
            if (row.path("ADDRESS").asText().equals(function)) {
                return row.path("USABLE").asText();
            }
        }
        return "";
    }

    /// Gives a function to vfio, and back with the address that its link had.
    private void onVfio(String function, Trial trial) throws Exception {
        String mac = node.shell("cat /sys/bus/pci/devices/%s/net/*/address".formatted(function));
        node.bind(function, "vfio-pci");
        try {
            trial.run();
        } finally {
            node.bind(function, "");
            node.awaitLinks();
            node.run("ip", "link", "set", node.linkOf(function), "address", mac.strip());
        }
    }

    private interface Trial {
        void run() throws Exception;
    }

    @Test
    void aFunctionOnVfioIsOpenedAndLetGoAndOneThatAPodHasIsNotTouched() throws Exception {
        String free = function(0, 0);
        String lent = function(0, 1);
        onVfio(
                free,
                () -> {
                    Snapshot before = node.snapshot();
                    try (CardPod pod = node.pod("probe", lent, "\"driver\": \"vfio-pci\"")) {
                        pod.added();
                        Witness.Said said = probe();
                        assertThat(usable(said, free))
                                .startsWith("yes: vfio opens it by /dev/vfio/")
                                .contains("regions", "reset");
                        assertThat(usable(said, lent)).isEqualTo("in use by core/probe (net1)");
                        assertThat(usable(said, function(0, 2))).isEqualTo("-");
                        assertThat(said.status()).isZero();
                        assertThat(pod.check().output()).isEmpty();
                        pod.deleted();
                    }
                    // With the reset the card forgets the address that igbvf had chosen.
                    assertThat(node.snapshot().since(before))
                            .allMatch(change ->
                                    change.startsWith("functions ")
                                            && change.contains("0000:01:00.0 {\"vf\":0,"));
                });
    }

    @Test
    void whoHasAFunctionOpenAndWhichDriverIsInTheWayIsNamed() throws Exception {
        String held = function(0, 3);
        String kernels = function(0, 2);
        onVfio(
                held,
                () -> {
                    aHolderIsNamed(held);
                    Witness.Said said = probe(kernels, "0000:09:00.0");
                    assertThat(usable(said, kernels))
                            .isEqualTo("no: it is bound to driver igbvf, and not to vfio-pci");
                    assertThat(usable(said, held)).isEqualTo("-");
                    assertThat(said.status()).isEqualTo(1);
                });
    }

    private void aHolderIsNamed(String function) throws Exception {
        String group =
                node.shell(
                                "basename $(readlink /sys/bus/pci/devices/%s/iommu_group)"
                                        .formatted(function))
                        .strip();
        Process holder =
                new ProcessBuilder(
                                "sh", "-c", "exec 3<> /dev/vfio/%s; echo; read x".formatted(group))
                        .start();
        try {
            assertThat(holder.getInputStream().read()).as("it is open").isEqualTo('\n');
            Witness.Said said = probe(function);
            assertThat(usable(said, function))
                    .isEqualTo(
                            "no: it is busy: process %d (sh) has /dev/vfio/%s open"
                                    .formatted(holder.pid(), group));
            assertThat(said.status()).isEqualTo(1);
        } finally {
            holder.destroyForcibly().waitFor();
        }
    }
}
