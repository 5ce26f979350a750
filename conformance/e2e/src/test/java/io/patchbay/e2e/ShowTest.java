package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.e2e.node.TelecomNode;
import io.patchbay.kit.snapshot.Witness;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `patchbay show`, `eni` and `metrics` of the installed tree.
@Tag("kernel")
class ShowTest {
    @TempDir Path work;

    @Test
    void anOperatorSeesTheInterfacesTheOwnersAndTheCountsOfANode() throws IOException {
        try (TelecomNode node = TelecomNode.create(work, "metrics: {listen: \"127.0.0.1:9476\"}");
                DaemonProcess daemon = node.startDaemon()) {
            try (PodNetns amf = node.pod("amf")) {
                var added = node.shim().call(node.call("ADD", "amf-container", amf, "amf-0"));
                String address =
                        added.json().path("ips").get(0).path("address").asText().split("/", 2)[0];

                Witness.Said eni = node.installation().operate("eni");
                assertThat(eni.status()).as(eni.output()).isZero();
                assertThat(eni.output())
                        .contains("vpc interfaces\n", "vpc addresses\n")
                        .containsPattern(
                                address + " +eni-\\w+ +assigned +core/amf-0 +amf-container +eth0 ");

                Witness.Said json = node.installation().operate("show", "vpc", "--output", "json");
                JsonNode rows =
                        new ObjectMapper()
                                .readTree(json.output())
                                .path("types")
                                .get(0)
                                .path("tables")
                                .get(1)
                                .path("rows");
                assertThat(rows)
                        .anySatisfy(row ->
                                assertThat(row.path("CONTAINER").asText())
                                        .isEqualTo("amf-container"));

                String counted = "patchbay_cni_requests_total{command=\"ADD\",code=\"0\"} 1\n";
                assertThat(node.installation().operate("metrics").output())
                        .contains(counted, "patchbay_vpc_addresses{state=\"assigned\"} 1\n");
                assertThat(node.namespace().run("curl", "-sf", "http://127.0.0.1:9476/metrics"))
                        .contains(counted);

                assertThat(
                                node.shim()
                                        .call(node.call("DEL", "amf-container", amf, "amf-0"))
                                        .status())
                        .isZero();
            }
            assertThat(daemon.stop()).as("exit status after SIGTERM").isZero();
            Witness.Said away = node.installation().operate("show");
            assertThat(away.status()).isEqualTo(1);
            assertThat(away.output()).contains("patchbay: no daemon ", "cni.sock");
        }
    }
}
