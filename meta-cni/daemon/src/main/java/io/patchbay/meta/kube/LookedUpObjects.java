package io.patchbay.meta.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.meta.delegate.Changes;
import io.patchbay.meta.delegate.WrittenObjects;
import java.util.Optional;
import java.util.function.Function;

/// Custom objects out of manifests, which need nobody to define their kind.
///
/// @param look finds one by its name
record LookedUpObjects(Function<String, Optional<CustomObject>> look, Changes changes)
        implements WrittenObjects {
    @Override
    public Optional<JsonNode> find(String name) {
        return look.apply(name).map(CustomObject::spec);
    }

    @Override
    public Optional<String> trouble() {
        return Optional.empty();
    }
}
