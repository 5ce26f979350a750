package io.patchbay.bench;

import io.patchbay.e2e.node.Checkout;
import io.patchbay.e2e.node.Installation;
import io.patchbay.kit.snapshot.Witness;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The comparison itself, in a process that lives inside the node: what it execs needs no hop.
public final class Inside {
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

    /// @param args the number of rounds, the directories of {@link Sides}, and the kubeconfig
    public static void main(String[] args) {
        int rounds = Integer.parseInt(args[0]);
        Sides sides = new Sides(Path.of(args[1]), Path.of(args[2]));
        Path plugins = Checkout.referencePlugins();
        Witness.here().run("sh", "-ec", PARENTS);
        Subject reference = new ReferencePlugins(plugins, sides.plugins());
        Subject multus =
                new Multus(
                        Checkout.multus().resolve("multus"),
                        plugins,
                        Path.of(args[3]),
                        sides.multus());
        Subject cluster = new Patchbay("patchbay, API server", sides.cluster());
        Subject files = new Patchbay("patchbay, files", sides.files());
        Subject noDisk = new Patchbay("patchbay, no disk", sides.noDisk());
        List<Subject> subjects = List.of(reference, multus, cluster, files, noDisk);
        for (Course course : courses()) {
            Contest contest = new Contest(course, subjects, rounds).run();
            System.out.print(contest.report());
            System.out.printf(
                    "The disk's part (journal and leases) of an ADD: %.2f ms%n",
                    contest.addBeyond(files, noDisk));
        }
        floor(rounds);
    }

    private static List<Course> courses() {
        boolean ipvlan = Witness.here().attempt("sh", "-ec", HAS_IPVLAN).status() == 0;
        if (!ipvlan) {
            System.out.println("This kernel has no ipvlan: it is left out.");
        }
        return Course.all().stream()
                .filter(course -> ipvlan || course.kind() != Kind.IPVLAN)
                .toList();
    }

    /// What the exec of a static binary that does nothing takes: it is in every figure above.
    private static void floor(int rounds) {
        Timings floor = new Timings();
        Exec version =
                new Exec(
                        Installation.plugin(),
                        Map.of("CNI_COMMAND", "VERSION", "PATCHBAY_SOCKET", "/nowhere"),
                        "{}");
        for (int i = 0; i < rounds; i++) {
            floor.time(version::run);
        }
        System.out.printf(
                "%nThe exec of the plugin binary alone: p50 %.2f ms%n", floor.percentile(50));
    }
}
