package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.Call;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.e2e.node.Shim;
import io.patchbay.e2e.node.TelecomNode;
import io.patchbay.kit.snapshot.NetworkState;
import io.patchbay.kit.snapshot.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A pod that Multus attached by the reference plugins ends under Patchbay.
@Tag("kernel")
class MultusSwitchTest {
    private static final String MAIN =
            """
            {"cniVersion":"1.0.0","name":"main","type":"bridge","bridge":"signalling",
             "ipam":{"type":"host-local","ranges":[[{"subnet":"10.77.0.0/24"}]]}}
            """;
    private static final String SIDE =
            """
            {"cniVersion":"0.4.0","name":"side","type":"macvlan","master":"media0",
             "ipam":{"type":"host-local","ranges":[[{"subnet":"10.78.0.0/24"}]]}}
            """;
    private static final String CACHE = "/var/lib/cni/multus";

    @TempDir Path work;

    private TelecomNode node;
    private PodNetns pod;
    private DaemonProcess daemon;
    private Snapshot before;

    @BeforeEach
    void attachAsMultusDoes() throws IOException {
        node = TelecomNode.create(work);
        pod = node.pod("old");
        daemon = node.startDaemon();
        before = NetworkState.take("node", node.witness()).plus(pod.snapshot());
        Files.createDirectories(node.namespace().file(CACHE + "/results"));
        Files.writeString(
                node.namespace().file(CACHE + "/old"),
                "[%s,%s]".formatted(delegate("main", MAIN), delegate("core/side", SIDE)));
        attach("bridge", "main", "eth0", MAIN);
        attach("macvlan", "side", "net1", SIDE);
        assertThat(pod.run("ip", "-br", "address")).contains("10.77.0.2/24", "10.78.0.2/24");
    }

    private static String delegate(String name, String config) {
        return "{\"Conf\":%s,\"ConfList\":{\"plugins\":null},\"Name\":\"%s\",\"Bytes\":\"%s\"}"
                .formatted(config, name, base64(config));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Calls a reference plugin, and keeps the result as libcni does.
    private void attach(String type, String network, String ifName, String config)
            throws IOException {
        Answer answer =
                new Shim(node.namespace(), Path.of("/usr/lib/cni", type), Map.of())
                        .call(
                                Call.of("ADD", "old", pod.path())
                                        .with("CNI_IFNAME", ifName)
                                        .input(config));
        assertThat(answer.status()).as(answer.output()).isZero();
        Files.writeString(
                node.namespace().file("%s/results/%s-old-%s".formatted(CACHE, network, ifName)),
                """
                {"kind":"cniCacheV1","containerId":"old","config":"%s","ifName":"%s","networkName":"%s",
                 "netns":"%s","cniArgs":[["IgnoreUnknown","true"],["K8S_POD_NAME","amf-0"]],"result":%s}
                """
                        .formatted(base64(config), ifName, network, pod.path(), answer.output()));
    }

    @AfterEach
    void shutDown() {
        daemon.close();
        pod.close();
        node.close();
    }

    private void nothingIsLeft() {
        Snapshot after = NetworkState.take("node", node.witness()).plus(pod.snapshot());
        assertThat(after.since(before)).isEmpty();
        assertThat(node.namespace().run("find", "/var/lib/cni/networks", "-name", "10.*"))
                .isEmpty();
        assertThat(node.namespace().run("find", CACHE, "-type", "f")).isEmpty();
    }

    @Test
    void a_del_leaves_neither_link_nor_lease_nor_cache() {
        Answer answer = node.shim().call(node.call("DEL", "old", pod, "amf-0"));

        assertThat(answer.status()).as(answer.output()).isZero();
        nothingIsLeft();
    }

    @Test
    void a_gc_collects_what_the_runtime_has_forgotten() {
        Answer answer =
                node.shim()
                        .call(
                                Call.of("GC")
                                        .input(
                                                """
                                                {"cniVersion": "1.1.0", "name": "patchbay", "type": "patchbay",
                                                 "cni.dev/valid-attachments": []}
                                                """));

        assertThat(answer.status()).as(answer.output()).isZero();
        nothingIsLeft();
    }

    @Test
    void a_check_finds_what_was_taken_away() {
        Call check = node.call("CHECK", "old", pod, "amf-0");
        assertThat(node.shim().call(check).output()).isEmpty();

        pod.run("ip", "link", "delete", "net1");

        assertThat(node.shim().call(check).message()).contains("net1", "macvlan");
    }
}
