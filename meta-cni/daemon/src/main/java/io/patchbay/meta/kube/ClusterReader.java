package io.patchbay.meta.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.meta.cni.JsonObject;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads objects of a cluster once, for those who only ask what would be. It changes nothing. A
/// server that does not answer, or refuses, is code 5 with its sentence.
public final class ClusterReader implements AutoCloseable {
    private static final Kind<Pod> PODS = Kind.pods();

    private final ApiServer server;

    private ClusterReader(URI address, Login login) {
        this.server = new ApiServer(address, login);
    }

    /// The cluster of a kubeconfig, or else that of the settings, or else the one whose pod this
    /// is; empty outside any.
    public static Optional<ClusterReader> find(
            Optional<Path> kubeconfig,
            Optional<KubernetesSettings> settings,
            Map<String, String> environment) {
        return kubeconfig
                .map(Kubeconfig::read)
                .map(config -> new ClusterReader(config.server(), config))
                .or(() -> find(settings, environment));
    }

    private static Optional<ClusterReader> find(
            Optional<KubernetesSettings> settings, Map<String, String> environment) {
        return settings.or(() -> KubernetesSettings.ofPod(environment))
                .map(found -> found.address(environment, () -> ""))
                .map(address ->
                        new ClusterReader(
                                address.server(), Login.of(address, InstantSource.system())));
    }

    /// Such as `the cluster of https://10.0.0.1:6443`.
    public String place() {
        return server.title();
    }

    public Optional<Pod> find(String namespace, String name) {
        try {
            JsonNode answer =
                    server.call(ApiServer.Call.get(PODS.path(namespace, name), PODS.acceptOne()));
            return Optional.of(
                    PODS.decoder()
                            .apply(
                                    JsonObject.read(
                                            "pod %s/%s".formatted(namespace, name), answer)));
        } catch (ApiFailure e) {
            if (e.status() == ApiFailure.NOT_FOUND) {
                return Optional.empty();
            }
            throw failure(e);
        }
    }

    /// A DaemonSet as it stands there.
    public Optional<JsonNode> daemonSet(String namespace, String name) {
        try {
            return Optional.of(
                    server.call(
                            ApiServer.Call.get(
                                    "/apis/apps/v1/namespaces/%s/daemonsets/%s"
                                            .formatted(namespace, name),
                                    ApiServer.JSON)));
        } catch (ApiFailure e) {
            if (e.status() == ApiFailure.NOT_FOUND) {
                return Optional.empty();
            }
            throw failure(e);
        }
    }

    /// All networks and namespaces.
    public Manifest networks() {
        return manifest(List.of());
    }

    /// All networks and namespaces, and the pods of every node.
    public Manifest everything() {
        return manifest(list(PODS));
    }

    private Manifest manifest(List<Pod> pods) {
        return new Manifest(
                pods,
                list(Kind.networks()),
                list(Kind.namespaces()),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private <T> List<T> list(Kind<T> kind) {
        List<T> all = new ArrayList<>();
        String next = "";
        do {
            ApiServer.Call call = ApiServer.Call.get(kind.page(next), kind.acceptList());
            try {
                next =
                        ObjectList.read(server.bytes(call), item -> all.add(read(kind, item)))
                                .next();
            } catch (ApiFailure e) {
                throw failure(e);
            } catch (IOException e) {
                throw failure(new ApiFailure("the answer to %s is broken".formatted(call), e));
            }
        } while (!next.isEmpty());
        return all;
    }

    private static <T> T read(Kind<T> kind, JsonNode item) {
        return kind.decoder().apply(JsonObject.read("one of the " + kind.plural(), item));
    }

    private static CniException failure(ApiFailure failure) {
        return new CniException(Standard.IO_FAILURE, failure.sentence(), failure);
    }

    @Override
    public void close() {
        server.close();
    }
}
