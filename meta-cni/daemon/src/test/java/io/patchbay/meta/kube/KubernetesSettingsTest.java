package io.patchbay.meta.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchbay.spi.cni.CniException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KubernetesSettingsTest {
    private static final KubernetesSettings NOTHING =
            new KubernetesSettings(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    @Test
    void whatIsLeftOutIsAsAPodFindsIt() {
        Map<String, String> pod =
                Map.of(
                        "KUBERNETES_SERVICE_HOST", "fd00::1",
                        "KUBERNETES_SERVICE_PORT", "6443",
                        "NODE_NAME", "worker");
        assertThat(NOTHING.address(pod))
                .isEqualTo(
                        new ApiServerAddress(
                                URI.create("https://[fd00::1]:6443"),
                                Path.of("/var/run/secrets/kubernetes.io/serviceaccount/ca.crt"),
                                Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token"),
                                "worker"));
    }

    @Test
    void whatIsNowhereIsNamed() {
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> NOTHING.address(Map.of()))
                .withMessageContaining("\"kubernetes.server\"")
                .withMessageContaining("KUBERNETES_SERVICE_HOST");
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> NOTHING.address(Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1")))
                .withMessageContaining("\"kubernetes.node\"")
                .withMessageContaining("NODE_NAME");
    }

    @Test
    void aPathIsPutBehindTheServer() {
        ApiServerAddress address =
                new ApiServerAddress(
                        URI.create("https://10.0.0.1:6443/"), Path.of("/ca"), Path.of("/t"), "n");
        assertThat(ApiServerAddress.at(address.server(), "/api/v1/pods?a=b%3Dc"))
                .isEqualTo(URI.create("https://10.0.0.1:6443/api/v1/pods?a=b%3Dc"));
    }
}
