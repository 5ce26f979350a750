package io.patchbay.meta.selftest;

import static io.patchbay.meta.selftest.Finding.failed;
import static io.patchbay.meta.selftest.Finding.issue;
import static io.patchbay.meta.selftest.Finding.passed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Judges what was seen of a network. Pure.
final class NetworkJudgement {
    private NetworkJudgement() {}

    /// A network that no temporary pod can have.
    static Optional<Finding> untried(TestedNetwork network) {
        return network.resource()
                .map(resource ->
                        issue(
                                "ADD",
                                "not tried: the network takes a device of %s, which only the kubelet gives to a pod; test it by a pod that requests one, or --skip %s"
                                        .formatted(resource, network.title())));
    }

    static List<Finding> of(Observation observation) {
        List<Finding> findings = new ArrayList<>();
        if (observation.seen().isPresent()) {
            findings.addAll(SeenJudgement.of(observation.network(), observation.seen().get()));
        } else {
            findings.add(failed("ADD", "refused with " + observation.add().refusal()));
        }
        observation.check().ifPresent(check -> findings.add(call("CHECK", check)));
        findings.add(call("DEL", observation.del()));
        findings.add(call("DEL again", observation.delAgain()));
        findings.addAll(remains(observation.remains()));
        return findings;
    }

    private static Finding call(String command, Answer answer) {
        return answer.succeeded()
                ? passed(command, "done")
                : failed(command, "refused with " + answer.refusal());
    }

    private static List<Finding> remains(Observation.Remains remains) {
        List<Finding> findings = new ArrayList<>();
        if (remains.journaled()) {
            findings.add(
                    failed(
                            "left",
                            "the daemon still remembers the sandbox: see in its log what cannot be undone; it tries again by itself"));
        }
        left(findings, "in the pod, links", remains.podLinks());
        left(findings, "on the node, links", remains.nodeLinks());
        left(findings, "on the node, leases", remains.leases());
        if (findings.isEmpty()) {
            findings.add(passed("left", "nothing"));
        }
        return findings;
    }

    private static void left(List<Finding> findings, String what, List<String> names) {
        if (!names.isEmpty()) {
            findings.add(
                    failed(
                            "left",
                            "%s: %s; DEL told success for work that was not done"
                                    .formatted(what, String.join(", ", names))));
        }
    }
}
