package io.patchbay.meta.delegate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.spi.pod.CustomKind;
import io.patchbay.spi.pod.CustomObjects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The custom objects of one kind as a delegate reads them.
///
/// @param background that of the delegate
public record BoundObjects<S extends Record>(
        CustomKind kind, Class<S> spec, WrittenObjects written, Background background)
        implements CustomObjects<S> {
    @Override
    public Optional<S> find(String name) {
        return written.find(name).map(found -> bind(name, found));
    }

    private S bind(String name, JsonNode found) {
        return ConfigBinder.spec(kind.kind() + " " + name, found, spec);
    }

    @Override
    public void update(String name, UnaryOperator<S> change) {
        written.update(
                name,
                found -> {
                    S before = bind(name, found);
                    return difference(tree(before), tree(change.apply(before)));
                });
    }

    private static ObjectNode tree(Record value) {
        return Json.mapper().valueToTree(value);
    }

    private static ObjectNode difference(ObjectNode before, ObjectNode after) {
        ObjectNode difference = Json.object();
        after.properties().stream()
                .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
                .forEach(entry -> difference.set(entry.getKey(), entry.getValue()));
        before.fieldNames()
                .forEachRemaining(key -> {
                    if (!after.has(key)) {
                        difference.putNull(key);
                    }
                });
        return difference;
    }

    @Override
    public Optional<String> trouble() {
        return written.trouble();
    }

    @Override
    public void onChange(Runnable action) {
        background.run("changes of " + kind.plural(), written.changes().follower(action));
    }
}
