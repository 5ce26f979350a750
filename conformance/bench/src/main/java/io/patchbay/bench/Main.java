package io.patchbay.bench;

import io.patchbay.cluster.Manifests;
import io.patchbay.cluster.User;
import io.patchbay.e2e.node.Checkout;
import io.patchbay.e2e.node.ClusterNode;
import io.patchbay.e2e.node.Installation;
import io.patchbay.kit.snapshot.Witness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `make bench`: makes a node of its own, with an API server and Patchbay's daemons, and runs the
/// comparison inside it.
public final class Main {
    private static final String NAME = "patchbay-bench";
    private static final String PRIMARY = "{type: loopback}";

    private Main() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 100;
        build();
        ClusterNode cluster = ClusterNode.create();
        Path disk = Files.createTempDirectory(NAME);
        Path memory = Files.createTempDirectory(Path.of("/dev/shm"), NAME);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(cluster, disk, memory)));
        Sides sides = new Sides(disk, memory);
        Path kubeconfig = furnish(cluster, sides);
        List<Object> arguments = List.of(rounds, disk, memory, kubeconfig);
        Process inside =
                new ProcessBuilder(cluster.namespace().enter(inside(arguments)))
                        .inheritIO()
                        .start();
        System.exit(inside.waitFor());
    }

    /// Builds what is compared, where that was not done yet: the node has no way to the sources.
    private static void build() {
        Checkout.referencePlugins();
        Checkout.multus();
    }

    /// Writes what the subjects read, and starts the daemons.
    ///
    /// @return the kubeconfig of Multus
    private static Path furnish(ClusterNode cluster, Sides sides) {
        for (Side side : List.of(sides.multus(), sides.cluster())) {
            cluster.plane().apply(Manifests.namespace(side.name()));
        }
        cluster.plane().create(sides.multus().objects(kind -> Map.of()));
        cluster.plane().create(sides.cluster().objects(sides.cluster()::primary));
        cluster.seat(sides.cluster().directory(), cluster.plane().url(), PRIMARY).start();
        for (Side side : List.of(sides.files(), sides.noDisk())) {
            Installation installation = new Installation(cluster.namespace(), side.directory());
            installation.manifest("bench", Manifests.list(side.objects(side::primary)));
            installation.configure(
                    """
                    manifests: %s
                    cniConfigDirectory: %s
                    defaultNetwork: %s
                    """
                            .formatted(
                                    installation.manifests(),
                                    side.directory().resolve("net.d"),
                                    PRIMARY));
            installation.start();
        }
        return cluster.plane().kubeconfig(cluster.plane().url(), User.ADMIN.name());
    }

    /// It dies with this process, whatever ends that.
    private static List<String> inside(List<Object> arguments) {
        List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL"));
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Djdk.lang.Process.launchMechanism=VFORK",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Inside.class.getName()));
        arguments.stream().map(Object::toString).forEach(command::add);
        return command;
    }

    /// Ends whatever runs on the node.
    private static void end(ClusterNode cluster, Path... directories) {
        cluster.close();
        for (Path directory : directories) {
            Witness.here().attempt("rm", "-rf", directory.toString());
        }
    }
}
