package io.patchbay.suite.network;

import io.patchbay.suite.plugin.Recorder;
import io.patchbay.suite.row.Checks;
import io.patchbay.suite.row.Unmet;
import java.util.List;

/// The order of attachments, and what becomes of all when one fails.
final class OrderRows {
    private OrderRows() {}

    static void declare(Checks<NetworkTrial> checks) {
        checks.check(
                        "N3",
                        OrderRows::theDefaultNetworkFirst,
                        "Attach the default network before all others.")
                .check(
                        "N4",
                        OrderRows::oneAfterTheOther,
                        "Wait for each attachment of a pod before you begin the next.")
                .check(
                        "N28",
                        OrderRows::aFailureTakesDownThoseBefore,
                        "Undo in reverse order what was made, with the one that failed, and try no"
                                + " further.")
                .check(
                        "N29",
                        OrderRows::aDelTriesEverything,
                        "Go on after a failure in DEL, and report it at the end.")
                .check(
                        "N30",
                        OrderRows::aDelNamesWhatTheAddNamed,
                        "Keep container id, interface and network of each ADD for its DEL.")
                .check(
                        "N32",
                        OrderRows::noSuccessBeforeTheDefaultNetwork,
                        "Fail the ADD where the default network fails.");
    }

    private static List<String> types(List<Recorder.Call> calls) {
        return calls.stream().map(Recorder.Call::type).toList();
    }

    private static void theDefaultNetworkFirst(NetworkTrial trial) {
        trial.network("a", "");
        trial.network("b", "");
        NetworkPod pod = trial.pod(trial.name("a") + "," + trial.name("b"));
        trial.publish();
        trial.add(pod).result();
        trial.requireOwnDefault(pod);
        List<String> order = types(trial.calls("ADD", pod));
        Unmet.unless(
                order.equals(List.of(NetworkTrial.DEFAULT, "suite-a", "suite-b")),
                "the default network is to be first, and the calls were " + order);
    }

    /// A plugin that takes its time would be overtaken by the next.
    private static void oneAfterTheOther(NetworkTrial trial) {
        RecordedLink slow = trial.network("a", "").first("sleep 0.2");
        trial.network("b", "");
        trial.network("c", "");
        NetworkPod pod =
                trial.pod(String.join(",", trial.name("a"), trial.name("b"), trial.name("c")));
        trial.publish();
        trial.add(pod).result();
        slow.recorder().first("ADD");
        Unmet.unless(!slow.recorder().haveOverlapped(), "two plugins ran at once for one pod");
    }

    private static void aFailureTakesDownThoseBefore(NetworkTrial trial) {
        trial.network("a", "");
        trial.network("b", "").refuse("ADD");
        trial.network("c", "");
        NetworkPod pod =
                trial.pod(String.join(",", trial.name("a"), trial.name("b"), trial.name("c")));
        trial.publish();
        trial.add(pod).refused("the plugin of the second network failed");
        List<String> added = types(trial.calls("ADD", pod));
        Unmet.unless(
                !added.contains("suite-c"), "the second network failed, and the third was tried");
        List<String> deleted = types(trial.calls("DEL", pod));
        Unmet.unless(
                deleted.containsAll(List.of("suite-b", "suite-a")),
                "the second network failed, and DEL was called for %s".formatted(deleted));
        Unmet.unless(pod.links().isEmpty(), "the pod has the links %s left".formatted(pod.links()));
    }

    private static void aDelTriesEverything(NetworkTrial trial) {
        trial.network("a", "");
        RecordedLink refusing = trial.network("b", "").refuse("DEL");
        trial.network("c", "");
        NetworkPod pod =
                trial.pod(String.join(",", trial.name("a"), trial.name("b"), trial.name("c")));
        trial.publish();
        trial.add(pod).result();
        try {
            trial.del(pod).refused("the DEL of the second network failed");
            List<String> deleted = types(trial.calls("DEL", pod));
            Unmet.unless(
                    deleted.containsAll(List.of("suite-a", "suite-b", "suite-c")),
                    "the DEL of the second network failed, and DEL was called for " + deleted);
        } finally {
            refusing.relent();
        }
    }

    private static void aDelNamesWhatTheAddNamed(NetworkTrial trial) {
        trial.network("a", "");
        trial.network("b", "");
        NetworkPod pod = trial.pod(trial.name("a") + "@media7," + trial.name("b"));
        trial.publish();
        trial.add(pod).result();
        trial.del(pod).succeeds();
        List<String> added = tuples(trial.calls("ADD", pod));
        List<String> deleted = tuples(trial.calls("DEL", pod));
        Unmet.unless(
                deleted.containsAll(added) && added.size() >= 2,
                "ADD was called for %s, and DEL for %s".formatted(added, deleted));
    }

    private static List<String> tuples(List<Recorder.Call> calls) {
        return calls.stream()
                .map(call -> call.input().path("name").asText() + " " + call.ifName())
                .toList();
    }

    private static void noSuccessBeforeTheDefaultNetwork(NetworkTrial trial) {
        trial.network("a", "");
        NetworkPod pod = trial.pod(trial.name("a"));
        trial.publish();
        trial.recorder(NetworkTrial.DEFAULT).refuse("ADD");
        var outcome = trial.add(pod);
        trial.requireOwnDefault(pod);
        outcome.refused("the default network failed");
        trial.nothingIsLeft(pod);
    }
}
