package io.patchbay.kit.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.fault.Fault;
import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.cni.CniResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/// What the rules are tried on: a network on a node of the test's own.
///
/// @param network the configuration that works, from an `ipam` section as JSON
public record Candidate(NodeRig rig, UnaryOperator<String> network) {
    /// Room for some two hundred pods in each family, and a route.
    private static final String WIDE =
            """
            {"type": "host-local", "dataDir": "%s",
             "ranges": [[{"subnet": "10.77.0.0/24"}], [{"subnet": "fd77::/64"}]],
             "routes": [{"dst": "10.99.0.0/16", "gw": "10.77.0.1"}]}\
            """;

    /// Room for one pod.
    private static final String NARROW =
            """
            {"type": "host-local", "dataDir": "%s",
             "ranges": [[{"subnet": "10.77.0.0/24", "rangeStart": "10.77.0.9", "rangeEnd": "10.77.0.9"}]]}\
            """;

    private static final Duration TAKE_DOWN = Duration.ofSeconds(20);

    public String config() {
        return network.apply(WIDE.formatted(rig.leases()));
    }

    String configOfOneAddress() {
        return network.apply(NARROW.formatted(rig.leases()));
    }

    /// Whether the network takes its addresses from the `ipam` section that it is given.
    boolean takesIpam() {
        return !config().equals(configOfOneAddress());
    }

    CniResult add(RigPod pod) {
        return rig.add(pod, config()).getFirst().result();
    }

    /// The node once it has what all pods share, after a second start too. The test is aborted
    /// where an ADD does not work, CHECK does not take it, or a DEL leaves something, for then
    /// every other rule would fail of that.
    Snapshot settled() {
        try (RigPod pod = new RigPod("settle")) {
            addAndDelete(pod);
            rig.restart();
            addAndDelete(pod);
            Snapshot before = rig.snapshot();
            addAndDelete(pod);
            Premise.holds(501, () -> assertNothingLeftSince(before, "DEL"));
            return before;
        }
    }

    private void addAndDelete(RigPod pod) {
        addOrAbort(pod);
        Premise.holds(401, () -> rig.check(pod));
        Premise.holds(501, () -> rig.del(pod));
    }

    /// For a rule that says nothing of an ADD that does not work.
    void addOrAbort(RigPod pod) {
        Premise.holds(301, () -> add(pod));
    }

    /// Which call of a port, from 1, is the first of a kind within something that works.
    ///
    /// @param kind how such calls begin, as `write sandboxes/`
    int find(String kind, Runnable within) {
        rig.faults().disarm();
        within.run();
        List<String> calls = rig.faults().calls();
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).startsWith(kind)) {
                return i + 1;
            }
        }
        throw new IllegalStateException("no call begins with \"" + kind + "\": " + calls);
    }

    /// Runs something with a fault; whether it throws is its own affair.
    @SuppressWarnings("EmptyCatch") // What is looked at is what it leaves.
    void attempt(Fault fault, Runnable call) {
        rig.faults().arm(fault);
        try {
            call.run();
        } catch (RuntimeException e) {
            // What was made to fail has failed.
        } finally {
            rig.faults().disarm();
        }
    }

    void assertNothingLeftSince(Snapshot before, String after) {
        assertThat(rig.snapshot().since(before)).as("what %s left on the node", after).isEmpty();
    }

    /// As {@link #assertNothingLeftSince}, once the kernel has taken down the namespace of a pod
    /// that ended.
    void awaitNothingLeftSince(Snapshot before, String after) {
        Instant limit = Instant.now().plus(TAKE_DOWN);
        while (!rig.snapshot().equals(before) && Instant.now().isBefore(limit)) {
            Thread.onSpinWait();
        }
        assertNothingLeftSince(before, after);
    }
}
