package io.patchbay.meta.selftest;

import io.patchbay.kernel.Kernel;
import io.patchbay.meta.selftest.NodeFacts.Descriptors;
import io.patchbay.meta.selftest.NodeFacts.Feature;
import io.patchbay.meta.socket.Listening;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Looks at the node around the networks.
record NodeView(Installation installation, Plugin plugin, Kernel kernel) {
    private static final List<String> RUNTIMES =
            List.of("/run/containerd/containerd.sock", "/run/crio/crio.sock");

    /// Source: proc_pid_limits(5).
    private static final Pattern LIMIT = Pattern.compile("Max open files +(\\d+)");

    NodeFacts look(List<TestedNetwork> networks) {
        try {
            return new NodeFacts(
                    installation,
                    Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip(),
                    features(networks),
                    Runtime.version().toString(),
                    plugin.binary(),
                    plugin.usage(),
                    Files.isRegularFile(installation.cniConfig()),
                    earlier(installation.cniConfig()),
                    Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers")) ? 2 : 1,
                    RUNTIMES.stream().filter(one -> Files.exists(Path.of(one))).toList(),
                    descriptors(Listening.process(installation.socket())),
                    Files.getFileStore(installation.state()).getUsableSpace(),
                    Instant.now().truncatedTo(ChronoUnit.SECONDS),
                    newest(installation.state().resolve("sandboxes")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Feature> features(List<TestedNetwork> networks) {
        Set<String> types =
                networks.stream()
                        .flatMap(network -> network.config().stream())
                        .flatMap(config -> config.plugins().stream())
                        .map(one -> one.type())
                        .collect(Collectors.toSet());
        try (TemporaryNetns netns = TemporaryNetns.create(kernel)) {
            return KernelFeatures.of(netns.netns(), types);
        }
    }

    /// Runtimes take the first by name of the files that end so.
    private static List<String> earlier(Path cniConfig) throws IOException {
        Path directory = cniConfig.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            return List.of();
        }
        String own = String.valueOf(cniConfig.getFileName());
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.matches(".*\\.(conf|conflist|json)"))
                    .filter(name -> name.compareTo(own) < 0)
                    .sorted()
                    .toList();
        }
    }

    /// Process 0 is one of another PID namespace.
    private static Optional<Descriptors> descriptors(OptionalInt daemon) throws IOException {
        if (daemon.orElse(0) == 0) {
            return Optional.empty();
        }
        Path process = Path.of("/proc", Integer.toString(daemon.getAsInt()));
        try (Stream<Path> open = Files.list(process.resolve("fd"))) {
            Matcher limit = LIMIT.matcher(Files.readString(process.resolve("limits")));
            return limit.find()
                    ? Optional.of(new Descriptors(open.count(), Long.parseLong(limit.group(1))))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /// The epoch for an empty journal. A note may go while it is looked at.
    private static Instant newest(Path journal) throws IOException {
        List<Instant> written = new ArrayList<>(List.of(Instant.EPOCH));
        if (Files.isDirectory(journal)) {
            try (Stream<Path> notes = Files.list(journal)) {
                notes.forEach(
                        note -> written.add(Instant.ofEpochMilli(note.toFile().lastModified())));
            }
        }
        return written.stream().max(Instant::compareTo).orElseThrow();
    }
}
