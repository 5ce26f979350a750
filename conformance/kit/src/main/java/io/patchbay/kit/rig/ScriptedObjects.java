package io.patchbay.kit.rig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.delegate.Changes;
import io.patchbay.meta.delegate.WrittenObjects;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.pod.CustomKind;
import java.util.Optional;
import java.util.function.Function;

/// The custom objects of one kind in a scripted cluster. While there is trouble, none is written.
record ScriptedObjects(ScriptedCluster script, CustomKind kind) implements WrittenObjects {
    @Override
    public Optional<JsonNode> find(String name) {
        return script.find(kind, name);
    }

    @Override
    public Optional<String> trouble() {
        return script.trouble(kind);
    }

    @Override
    public void update(String name, Function<JsonNode, ObjectNode> change) {
        trouble()
                .ifPresent(sentence -> {
                    throw CniException.tryAgain(
                            "%s %s is not written: %s".formatted(kind, name, sentence));
                });
        JsonNode before =
                find(name)
                        .orElseThrow(() ->
                                CniException.invalidConfig(
                                        "%s %s is not there".formatted(kind, name)));
        ObjectNode after = before.deepCopy();
        ObjectNode merged = change.apply(before);
        merged.properties().forEach(entry -> after.set(entry.getKey(), entry.getValue()));
        after.properties().removeIf(entry -> entry.getValue().isNull());
        if (!merged.isEmpty()) {
            script.object(kind, name, after.toString());
        }
    }

    @Override
    public Changes changes() {
        return script.changes();
    }
}
