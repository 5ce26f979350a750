package io.patchbay.bench;

import io.patchbay.e2e.node.Checkout;
import io.patchbay.kit.snapshot.Witness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The comparison itself, in a process that lives inside the node: what it execs needs no hop.
public final class Inside {
    private static final Path DIST = Checkout.dist();
    private static final List<Integer> INTERFACES = List.of(1, 3);

    private static final String MANIFESTS =
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: links-1, namespace: bench}
            ---
            apiVersion: v1
            kind: Pod
            metadata:
              name: links-3
              namespace: bench
              annotations: {k8s.v1.cni.cncf.io/networks: "media-1, media-2"}
            ---
            apiVersion: k8s.cni.cncf.io/v1
            kind: NetworkAttachmentDefinition
            metadata: {name: media-1, namespace: bench}
            spec:
              config: |
                {"cniVersion": "1.0.0", "type": "macvlan", "master": "media0", "mode": "bridge",
                 "ipam": {"type": "host-local", "subnet": "10.245.0.0/16"}}
            ---
            apiVersion: k8s.cni.cncf.io/v1
            kind: NetworkAttachmentDefinition
            metadata: {name: media-2, namespace: bench}
            spec:
              config: |
                {"cniVersion": "1.0.0", "type": "macvlan", "master": "media0", "mode": "bridge",
                 "ipam": {"type": "host-local", "subnet": "10.246.0.0/16"}}
            """;

    private Inside() {}

    public static void main(String[] args) throws IOException {
        int rounds = Integer.parseInt(args[0]);
        Witness.here()
                .run(
                        "sh",
                        "-c",
                        "ip link add media0 type veth peer name media1 && ip link set media0 up && ip link set media1 up");
        Path onDisk = Files.createTempDirectory("patchbay-bench");
        Path inMemory = Files.createTempDirectory(Path.of("/dev/shm"), "patchbay-bench");
        try (RunningDaemon disk = RunningDaemon.start(DIST, onDisk, MANIFESTS, 244);
                RunningDaemon memory = RunningDaemon.start(DIST, inMemory, MANIFESTS, 247)) {
            Subject reference =
                    new ReferencePlugins(Path.of("/usr/lib/cni"), onDisk.resolve("reference"));
            Subject patchbay =
                    new Patchbay("patchbay", DIST.resolve("cni/patchbay"), disk.places());
            Subject noDisk =
                    new Patchbay(
                            "patchbay, no disk", DIST.resolve("cni/patchbay"), memory.places());
            for (int interfaces : INTERFACES) {
                Contest contest =
                        new Contest(List.of(reference, patchbay, noDisk), rounds).run(interfaces);
                System.out.print(contest.report(interfaces));
                System.out.printf(
                        "The disk's part (journal and leases) of an ADD: %.2f ms%n",
                        contest.addBeyond(patchbay, noDisk));
            }
            floor(rounds);
        } finally {
            Witness.here().run("rm", "-rf", onDisk.toString(), inMemory.toString());
        }
    }

    /// What the exec of a static binary that does nothing takes: it is in every figure above.
    private static void floor(int rounds) {
        Timings floor = new Timings();
        Exec version =
                new Exec(
                        DIST.resolve("cni/patchbay"),
                        Map.of("CNI_COMMAND", "VERSION", "PATCHBAY_SOCKET", "/nowhere"),
                        "{}");
        for (int i = 0; i < rounds; i++) {
            floor.time(version::run);
        }
        System.out.printf(
                "%nThe exec of the plugin binary alone: p50 %.2f ms%n", floor.percentile(50));
    }
}
