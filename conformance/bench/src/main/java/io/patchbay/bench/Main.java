package io.patchbay.bench;

import io.patchbay.kit.rig.NodeNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `make bench`: makes a node of its own and runs the comparison inside it.
public final class Main {
    private static final Path PLUGINS = Path.of("/usr/lib/cni");

    private Main() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        for (String binary : ReferencePlugins.binaries()) {
            if (!Files.isExecutable(PLUGINS.resolve(binary))) {
                System.err.println(
                        "There is no %s in %s: install containernetworking-plugins."
                                .formatted(binary, PLUGINS));
                System.exit(1);
            }
        }
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 100;
        try (NodeNamespace node = NodeNamespace.create()) {
            System.exit(inside(node, rounds));
        }
    }

    private static int inside(NodeNamespace node, int rounds)
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
                        Integer.toString(rounds)));
        return new ProcessBuilder(node.enter(command)).inheritIO().start().waitFor();
    }
}
