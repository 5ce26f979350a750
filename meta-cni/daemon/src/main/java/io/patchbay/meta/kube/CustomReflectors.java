package io.patchbay.meta.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.spi.pod.CustomKind;
import java.util.LinkedHashMap;
import java.util.Map;

/// The custom objects that delegates ask for, each kind watched from the first time on.
final class CustomReflectors implements AutoCloseable {
    private final ApiServer server;
    private final Map<CustomKind, Reflector<JsonNode>> reflectors = new LinkedHashMap<>();
    private boolean closed;

    CustomReflectors(ApiServer server) {
        this.server = server;
    }

    synchronized Reflector<JsonNode> get(CustomKind kind) {
        Reflector<JsonNode> known = reflectors.get(kind);
        if (known != null) {
            return known;
        }
        if (closed) {
            throw new IllegalStateException(kind + " cannot be watched any more");
        }
        Reflector<JsonNode> reflector = new Reflector<>(server, Kind.custom(kind));
        reflectors.put(kind, reflector);
        reflector.start();
        return reflector;
    }

    @Override
    public synchronized void close() {
        closed = true;
        reflectors.values().forEach(Reflector::close);
    }
}
