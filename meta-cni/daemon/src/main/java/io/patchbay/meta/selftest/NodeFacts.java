package io.patchbay.meta.selftest;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What was found of the node around the networks.
///
/// @param kernel its release
/// @param features what the networks of this node need of it
/// @param java the version
/// @param usage what the plugin binary says of itself: `patchbay VERSION: …`
/// @param published whether the CNI configuration is there
/// @param earlier files that a runtime takes before it
/// @param cgroup the version
/// @param runtimes sockets of container runtimes
/// @param descriptors empty while no daemon runs, or where it is in another PID namespace
/// @param free bytes on the file system of the state directory
/// @param newest when the newest note of the journal was written
record NodeFacts(
        Installation installation,
        String kernel,
        List<Feature> features,
        String java,
        Path plugin,
        String usage,
        boolean published,
        List<String> earlier,
        int cgroup,
        List<String> runtimes,
        Optional<Descriptors> descriptors,
        long free,
        Instant now,
        Instant newest) {

    /// Something that the kernel can or cannot do.
    ///
    /// @param wantedBy types of networks
    /// @param refusal the kernel's words; empty where it can
    record Feature(String name, List<String> wantedBy, Optional<String> refusal) {}

    /// File descriptors of the daemon.
    record Descriptors(long used, long limit) {}
}
