package io.patchbay.meta.run;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The plugin binary that a self-test calls.
///
/// @param file it is there
/// @param installed whether a runtime finds it too
record PluginBinary(Path file, boolean installed) {
    private static final String NAME = "patchbay";

    /// The one that is named, else the first in the plug-in path, else that of our own tree.
    static PluginBinary find(Settings settings, Optional<Path> named) {
        List<Path> installed =
                settings.pluginPath().stream()
                        .map(directory -> directory.resolve(NAME))
                        .filter(Files::isExecutable)
                        .toList();
        if (named.isPresent() && !Files.isExecutable(named.get())) {
            throw SelftestCommand.refusal(
                    "--plugin %s is no program: name the plugin binary".formatted(named.get()));
        }
        return Stream.concat(named.stream(), installed.stream())
                .findFirst()
                .or(PluginBinary::ofOurTree)
                .map(file -> new PluginBinary(file, !installed.isEmpty()))
                .orElseThrow(() ->
                        SelftestCommand.refusal(
                                "there is no plugin binary \"%s\" in %s (key \"pluginPath\"): install it, or name it by --plugin"
                                        .formatted(NAME, settings.pluginPath())));
    }

    /// `lib/THIS.jar` stands beside `cni/patchbay`.
    private static Optional<Path> ofOurTree() {
        try {
            URI jar =
                    PluginBinary.class.getProtectionDomain().getCodeSource().getLocation().toURI();
            return Optional.of(Path.of(jar).resolve("../../cni").resolve(NAME).normalize())
                    .filter(Files::isExecutable);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
