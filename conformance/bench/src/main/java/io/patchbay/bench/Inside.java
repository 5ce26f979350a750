package io.patchbay.bench;

import io.patchbay.bench.Subject.Course;
import io.patchbay.e2e.node.Checkout;
import io.patchbay.kit.snapshot.Witness;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The comparison itself, in a process that lives inside the node: what it execs needs no hop.
public final class Inside {
    private static final Path DIST = Checkout.dist();

    /// Interfaces of a pod.
    static final int MOST = 4;

    private static final List<Integer> INTERFACES = List.of(1, MOST);
    private static final String PARENTS =
            """
            for parent in media0 media2; do
              ip link add $parent type veth peer name $parent-wire
              ip link set $parent up
              ip link set $parent-wire up
            done
            """;
    private static final String HAS_IPVLAN =
            "ip link add probe link media2 type ipvlan && ip link delete probe";

    private Inside() {}

    /// @param args the number of rounds, the directory of the reference plugins, and a directory of
    ///   its own on the disk and in memory
    public static void main(String[] args) throws IOException {
        int rounds = Integer.parseInt(args[0]);
        Witness.here().run("sh", "-ec", PARENTS);
        Path onDisk = Path.of(args[2]);
        Path inMemory = Path.of(args[3]);
        Kind.Side disk = new Kind.Side("disk", 16, onDisk.resolve("leases"));
        Kind.Side memory = new Kind.Side("memory", 80, inMemory.resolve("leases"));
        Kind.Side theirs = new Kind.Side("ref", 144, onDisk.resolve("reference"));
        List<Course> courses = courses();
        try (RunningDaemon first = RunningDaemon.start(DIST, disk, courses);
                RunningDaemon second = RunningDaemon.start(DIST, memory, courses)) {
            Path shim = DIST.resolve("cni/patchbay");
            Subject reference = new ReferencePlugins(Path.of(args[1]), theirs);
            Subject patchbay = new Patchbay("patchbay", shim, first.places());
            Subject noDisk = new Patchbay("patchbay, no disk", shim, second.places());
            for (Course course : courses) {
                Contest contest =
                        new Contest(course, List.of(reference, patchbay, noDisk), rounds).run();
                System.out.print(contest.report());
                System.out.printf(
                        "The disk's part (journal and leases) of an ADD: %.2f ms%n",
                        contest.addBeyond(patchbay, noDisk));
            }
            floor(rounds);
        }
    }

    private static List<Course> courses() {
        boolean ipvlan = Witness.here().attempt("sh", "-ec", HAS_IPVLAN).status() == 0;
        if (!ipvlan) {
            System.out.println("This kernel has no ipvlan: it is left out.");
        }
        return Stream.of(Kind.values())
                .filter(kind -> ipvlan || kind != Kind.IPVLAN)
                .flatMap(kind -> INTERFACES.stream().map(number -> new Course(kind, number)))
                .toList();
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
