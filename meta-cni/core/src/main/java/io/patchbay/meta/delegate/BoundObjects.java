package io.patchbay.meta.delegate;

import io.patchbay.spi.pod.CustomKind;
import io.patchbay.spi.pod.CustomObjects;
import java.util.Optional;

/// The custom objects of one kind as a delegate reads them.
///
/// @param background that of the delegate
public record BoundObjects<S extends Record>(
        CustomKind kind, Class<S> spec, WrittenObjects written, Background background)
        implements CustomObjects<S> {
    @Override
    public Optional<S> find(String name) {
        return written.find(name)
                .map(found -> ConfigBinder.spec(kind.kind() + " " + name, found, spec));
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
