package io.patchbay.bench;

import io.patchbay.e2e.node.Checkout;
import io.patchbay.kit.rig.NodeNamespace;
import io.patchbay.kit.snapshot.Witness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `make bench`: makes a node of its own and runs the comparison inside it.
public final class Main {
    private static final String NAME = "patchbay-bench";

    private Main() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 100;
        String plugins =
                Witness.here()
                        .run(Checkout.root().resolve("tools/reference-plugins").toString())
                        .strip();
        Path disk = Files.createTempDirectory(NAME);
        Path memory = Files.createTempDirectory(Path.of("/dev/shm"), NAME);
        try (NodeNamespace node = NodeNamespace.create()) {
            List<Object> arguments = List.of(rounds, plugins, disk, memory);
            Process inside = new ProcessBuilder(node.enter(inside(arguments))).inheritIO().start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(inside, disk, memory)));
            System.exit(inside.waitFor());
        }
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

    private static void end(Process inside, Path... directories) {
        inside.destroyForcibly().onExit().join();
        for (Path directory : directories) {
            Witness.here().attempt("rm", "-rf", directory.toString());
        }
    }
}
