package io.patchbay.bench;

import io.patchbay.e2e.node.Checkout;
import io.patchbay.kit.rig.NodeNamespace;
import io.patchbay.kit.snapshot.Witness;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `make bench`: makes a node of its own and runs the comparison inside it.
public final class Main {
    private Main() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 100;
        String plugins =
                Witness.here()
                        .run(Checkout.root().resolve("tools/reference-plugins").toString())
                        .strip();
        try (NodeNamespace node = NodeNamespace.create()) {
            System.exit(inside(node, rounds, plugins));
        }
    }

    private static int inside(NodeNamespace node, int rounds, String plugins)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Djdk.lang.Process.launchMechanism=VFORK",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Inside.class.getName(),
                        Integer.toString(rounds),
                        plugins));
        return new ProcessBuilder(node.enter(command)).inheritIO().start().waitFor();
    }
}
