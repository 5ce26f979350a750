package io.patchbay.meta.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.delegate.Changes;
import io.patchbay.meta.delegate.WrittenObjects;
import io.patchbay.spi.cni.CniException;
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
    public void update(String name, Function<JsonNode, ObjectNode> change) {
        CustomObject found =
                look.apply(name)
                        .orElseThrow(() ->
                                CniException.invalidConfig(
                                        name + " is in none of the manifests, and is not written"));
        ObjectNode spec = change.apply(found.spec());
        if (!spec.isEmpty()) {
            throw CniException.invalidConfig(
                    "%s is a manifest, which nobody writes but you: its \"spec\" is to have %s"
                            .formatted(found, spec));
        }
    }

    @Override
    public Optional<String> trouble() {
        return Optional.empty();
    }
}
