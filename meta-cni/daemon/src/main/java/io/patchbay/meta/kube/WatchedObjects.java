package io.patchbay.meta.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.delegate.Changes;
import io.patchbay.meta.delegate.WrittenObjects;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// Custom objects as the API server tells of them, and takes them.
record WatchedObjects(ApiServer server, Kind<JsonNode> kind, Reflector<JsonNode> reflector)
        implements WrittenObjects {
    /// How often somebody else may be faster.
    private static final int TRIES = 5;

    @Override
    public Optional<JsonNode> find(String name) {
        reflector.requireComplete();
        return reflector.mirror().find(name);
    }

    @Override
    public Optional<String> trouble() {
        return reflector.trouble();
    }

    @Override
    public void update(String name, Function<JsonNode, ObjectNode> change) {
        Backoff backoff = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1));
        for (int left = TRIES - 1; true; left--) {
            try {
                write(path(name), change);
                return;
            } catch (ApiFailure e) {
                if (left == 0 || e.status() != ApiFailure.CONFLICT) {
                    throw refusal(name, e);
                }
            }
            try {
                backoff.pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw CniException.tryAgain(
                        "%s %s is not written: interrupted".formatted(kind.plural(), name));
            }
        }
    }

    @Override
    public Changes changes() {
        return reflector.mirror().changes();
    }

    private String path(String name) {
        int slash = name.indexOf('/');
        return kind.path(name.substring(0, Math.max(0, slash)), name.substring(slash + 1));
    }

    /// The version makes the server refuse with 409 what was read before somebody else wrote.
    private void write(String path, Function<JsonNode, ObjectNode> change) {
        JsonNode now = server.call(ApiServer.Call.get(path, kind.acceptOne()));
        ObjectNode spec = change.apply(now.has("spec") ? now.get("spec") : Json.object());
        if (spec.isEmpty()) {
            return;
        }
        ObjectNode body = Json.object();
        body.putObject("metadata")
                .put("resourceVersion", now.at("/metadata/resourceVersion").asText());
        body.set("spec", spec);
        server.call(ApiServer.Call.send("PATCH", path, ApiServer.MERGE_PATCH, body));
    }

    private CniException refusal(String name, ApiFailure failure) {
        return new CniException(
                failure.isPassing() ? Standard.TRY_AGAIN_LATER : Standard.INVALID_NETWORK_CONFIG,
                "%s of %s is not written%s: %s"
                        .formatted(
                                name,
                                kind.plural(),
                                failure.status() == ApiFailure.FORBIDDEN
                                        ? ", for get and patch of them are rights that the daemon's account has to have"
                                        : "",
                                failure.sentence()),
                failure);
    }
}
