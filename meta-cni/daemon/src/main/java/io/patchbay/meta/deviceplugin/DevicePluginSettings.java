package io.patchbay.meta.deviceplugin;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The section `devicePlugin` of the configuration.
///
/// @param linkHealth whether a device without a link is unhealthy
/// @param cdi the directory of CDI specifications, by which containers get their nodes; empty where
///   the kubelet is told the nodes
/// @param root of the machine whose functions are offered; empty for this one
public record DevicePluginSettings(
        Source source, boolean linkHealth, Optional<Path> cdi, Optional<Path> root) {
    /// Where the container runtime looks for what comes and goes. Source: Container Device
    /// Interface, SPEC.md.
    static final Path CDI = Path.of("/var/run/cdi");

    /// Where the pools are said.
    interface Source {
        /// What it says now, and what is wrong with that; empty where it is away.
        Optional<PoolFile.Content> read();

        /// The file that it is, which is watched.
        Optional<Path> file();
    }

    record Here(List<PoolSettings> pools) implements Source {
        @Override
        public Optional<PoolFile.Content> read() {
            return Optional.of(new PoolFile.Content(pools, List.of()));
        }

        @Override
        public Optional<Path> file() {
            return Optional.empty();
        }
    }

    /// What is wrong with the file of the pools, if there is one.
    public List<String> problems() {
        return source.file().isEmpty()
                ? List.of()
                : source.read().map(PoolFile.Content::problems).orElse(List.of());
    }
}
