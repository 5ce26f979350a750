package io.patchbay.meta.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.meta.delegate.Changes;
import io.patchbay.meta.delegate.WrittenObjects;
import java.util.Optional;

/// Custom objects as the API server tells of them.
record WatchedObjects(Reflector<JsonNode> reflector) implements WrittenObjects {
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
    public Changes changes() {
        return reflector.mirror().changes();
    }
}
