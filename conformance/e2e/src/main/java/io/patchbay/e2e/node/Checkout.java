package io.patchbay.e2e.node;

import io.patchbay.kit.snapshot.Witness;
import java.nio.file.Files;
import java.nio.file.Path;

/// The source tree that this runs from, with what `make dist` built in it.
public final class Checkout {
    private static final Path ROOT = find();

    private Checkout() {}

    private static Path find() {
        for (Path here = Path.of("").toAbsolutePath(); here != null; here = here.getParent()) {
            if (Files.isDirectory(here.resolve("examples/telecom"))) {
                return here;
            }
        }
        throw new IllegalStateException(
                "run this inside the source tree: there is no examples/telecom");
    }

    public static Path root() {
        return ROOT;
    }

    /// The installed tree.
    public static Path dist() {
        Path dist = ROOT.resolve("build/patchbay");
        if (!Files.isExecutable(dist.resolve("bin/patchbay"))) {
            throw new IllegalStateException("there is no " + dist + ": run make dist");
        }
        return dist;
    }

    /// The CNI project's own plugins, which are built when they are first asked for.
    public static Path referencePlugins() {
        return built("reference-plugins");
    }

    /// Multus' plugin, in a directory that its version names, likewise.
    public static Path multus() {
        return built("multus");
    }

    /// The IPAM plugin whereabouts, with the definitions of its objects, likewise.
    public static Path whereabouts() {
        return built("whereabouts");
    }

    /// The CNI plugin of Cilium, likewise.
    public static Path cilium() {
        return built("cilium");
    }

    private static Path built(String tool) {
        return Path.of(Witness.here().run(ROOT.resolve("tools").resolve(tool).toString()).strip());
    }

    /// What a third party's delegate is built with.
    public static Path repository() {
        Path repository = ROOT.resolve("build/repository");
        if (!Files.exists(repository.resolve("pom.xml"))) {
            throw new IllegalStateException("there is no " + repository + ": run make repository");
        }
        return repository;
    }
}
