package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.Call;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.Installation;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.e2e.node.TelecomNode;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.kit.snapshot.Witness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever comes in: the right code, a sentence that names the cause, nothing changed, and the
/// daemon alive.
@Tag("kernel")
class BadInputTest {
    @TempDir static Path work;

    private static TelecomNode node;
    private static DaemonProcess daemon;

    private PodNetns pod;
    private Snapshot before;

    @BeforeAll
    static void boot() {
        node = TelecomNode.create(work);
        daemon = node.startDaemon();
    }

    @AfterAll
    static void shutDown() {
        daemon.close();
        node.close();
    }

    @BeforeEach
    void makePod() {
        pod = node.pod("bad");
        before = node.snapshot().plus(pod.snapshot());
    }

    @AfterEach
    void nothingChangedAndTheDaemonLives() {
        assertThat(node.snapshot().plus(pod.snapshot()).since(before)).isEmpty();
        assertThat(node.shim().call(Call.of("STATUS")).output()).isEmpty();
        pod.close();
    }

    private Call add() {
        return node.call("ADD", "bad", pod, "amf-0");
    }

    private static void refused(Call call, int code, String... words) {
        Answer answer = node.shim().call(call);
        assertThat(answer.code()).as(answer.output()).isEqualTo(code);
        assertThat(answer.message()).contains(words);
    }

    private void annotated(String networks, int code, String... words) throws IOException {
        Path manifest = node.manifests().resolve("odd.yaml");
        Files.writeString(
                manifest,
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: odd
                  namespace: core
                  annotations:
                    k8s.v1.cni.cncf.io/networks: '%s'
                """
                        .formatted(networks));
        try {
            refused(node.call("ADD", "bad", pod, "odd"), code, words);
        } finally {
            Files.delete(manifest);
        }
    }

    private void configured(String config, int code, String... words) throws IOException {
        Path manifest = node.manifests().resolve("odd-network.yaml");
        Files.writeString(
                manifest,
                """
                apiVersion: k8s.cni.cncf.io/v1
                kind: NetworkAttachmentDefinition
                metadata: {name: odd, namespace: core}
                spec:
                  config: '%s'
                """
                        .formatted(config));
        try {
            annotated("odd", code, words);
        } finally {
            Files.delete(manifest);
        }
    }

    @Test
    void malformedJsonOnStdin() {
        refused(add().input("{\"cniVersion\": \"1.1.0\", "), 6, "stdin");
    }

    @Test
    void aVersionNobodySpeaks() {
        refused(
                add().input("{\"cniVersion\": \"9.9.9\", \"name\": \"n\", \"type\": \"patchbay\"}"),
                1,
                "9.9.9",
                "1.1.0");
    }

    @Test
    void missingVariablesAreAllNamed() {
        refused(
                add().without("CNI_CONTAINERID").without("CNI_IFNAME"),
                4,
                "CNI_CONTAINERID",
                "CNI_IFNAME");
    }

    @Test
    void anInterfaceNameThatIsTooLongOrHasASlash() {
        refused(add().with("CNI_IFNAME", "a-name-of-16-oct"), 4, "a-name-of-16-oct");
        refused(add().with("CNI_IFNAME", "et/h0"), 4, "et/h0");
    }

    @Test
    void anEqualsSignInAValueOfCniArgs() {
        refused(add().with("CNI_ARGS", "K8S_POD_NAME=a=b"), 4, "CNI_ARGS", "a=b");
    }

    @Test
    void anUnknownCommand() {
        refused(add().with("CNI_COMMAND", "FROB"), 4, "FROB");
    }

    @Test
    void aNamespaceThatIsGoneOrIsNoneOrIsTheNodesOwn() {
        refused(add().with("CNI_NETNS", "/run/netns/nowhere"), 3, "/run/netns/nowhere");
        refused(add().with("CNI_NETNS", "/etc/passwd"), 4, "/etc/passwd");
        refused(add().with("CNI_NETNS", "/proc/self/ns/net"), 8, "/proc/self/ns/net");
    }

    @Test
    void tenMegabytesOfStdin() {
        refused(add().input("x".repeat(10 << 20)), 5, "stdin");
    }

    @Test
    void aPodNobodyKnows() {
        refused(add().pod("core", "nobody"), 11, "core/nobody");
    }

    @Test
    void anUnknownNetwork() throws IOException {
        annotated("core/nowhere", 7, "core/nowhere");
    }

    @Test
    void anAnnotationWithNullInIt() throws IOException {
        annotated("[null]", 7, "k8s.v1.cni.cncf.io/networks", "null");
    }

    @Test
    void aNetworkWithoutPlugins() throws IOException {
        configured("{\"cniVersion\": \"1.0.0\", \"plugins\": []}", 7, "plugins");
    }

    @Test
    void aTypeNobodyClaims() throws IOException {
        configured("{\"cniVersion\": \"1.0.0\", \"type\": \"frobnicate\"}", 7, "frobnicate");
    }

    @Test
    void anUnknownKeyOfADelegate() throws IOException {
        configured(
                "{\"cniVersion\": \"1.0.0\", \"type\": \"macvlan\", \"mastr\": \"media0\"}",
                2,
                "mastr",
                "media0");
    }

    @Test
    void aParentThatIsMissing() throws IOException {
        configured(
                "{\"cniVersion\": \"1.0.0\", \"type\": \"macvlan\", \"master\": \"media9\"}",
                7,
                "media9");
    }

    @Test
    void aClientThatSaysNothingHoldsNobodyUp() {
        String socket = node.installation().places().get("PATCHBAY_SOCKET");
        List<String> silent =
                node.namespace()
                        .enter(
                                List.of(
                                        "python3",
                                        "-c",
                                        """
                                        import socket
                                        clients = [socket.socket(socket.AF_UNIX) for _ in range(32)]
                                        for c in clients: c.connect('%s')
                                        for c in clients: c.settimeout(30)
                                        for c in clients:
                                            while c.recv(4096): pass
                                        print('all ended')
                                        """
                                                .formatted(socket)));
        String closed = Witness.here().run(silent.toArray(String[]::new));
        assertThat(closed.strip()).isEqualTo("all ended");
    }

    @Test
    void aClientThatIsNotRoot() {
        List<String> other =
                node.installation()
                        .located(
                                List.of(
                                        "env",
                                        "CNI_COMMAND=STATUS",
                                        "setpriv",
                                        "--reuid=65534",
                                        "--clear-groups",
                                        Installation.plugin().toString()));
        var said = Witness.here().attempt(other.toArray(String[]::new));
        assertThat(said.status()).isEqualTo(1);
        assertThat(said.output()).contains("\"code\":5", "root");
    }
}
