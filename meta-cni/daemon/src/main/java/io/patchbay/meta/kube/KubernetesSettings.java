package io.patchbay.meta.kube;

import io.patchbay.spi.cni.CniException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The section `kubernetes` of the configuration. What it leaves out is as a pod of the cluster
/// finds it. Source: kubernetes.io, "Accessing the Kubernetes API from a Pod".
///
/// @param certificateAuthority PEM
/// @param token the file of a bearer token, which may be renewed at any time
/// @param node this node's name in the cluster
public record KubernetesSettings(
        Optional<URI> server,
        Optional<Path> certificateAuthority,
        Optional<Path> token,
        Optional<String> node) {
    private static final Path MOUNTED = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
    private static final String NODE = "NODE_NAME";
    private static final String HOST = "KUBERNETES_SERVICE_HOST";

    /// Looks up in the environment what the section leaves out.
    ApiServerAddress address(Map<String, String> environment) {
        return address(
                environment,
                () -> get(environment, NODE, "node", "the name of this node in the cluster"));
    }

    /// @param otherwise the node's name where the section leaves it out
    ApiServerAddress address(Map<String, String> environment, Supplier<String> otherwise) {
        return new ApiServerAddress(
                server.orElseGet(() -> fromService(environment)),
                certificateAuthority.orElse(MOUNTED.resolve("ca.crt")),
                token.orElse(MOUNTED.resolve("token")),
                node.orElseGet(otherwise));
    }

    /// Those of the pod that this runs in; empty outside any.
    static Optional<KubernetesSettings> ofPod(Map<String, String> environment) {
        return environment.containsKey(HOST) && Files.exists(MOUNTED.resolve("token"))
                ? Optional.of(
                        new KubernetesSettings(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()))
                : Optional.empty();
    }

    private static URI fromService(Map<String, String> environment) {
        String host = get(environment, HOST, "server", "https://HOST:PORT");
        String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
        String literal = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("https://%s:%s".formatted(literal, port));
    }

    private static String get(
            Map<String, String> environment, String variable, String key, String what) {
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isBlank())
                .orElseThrow(() ->
                        CniException.invalidConfig(
                                "the configuration, key \"kubernetes.%s\": it is missing, and so is %s in the environment: give %s"
                                        .formatted(key, variable, what)));
    }
}
