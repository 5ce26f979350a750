package io.patchbay.suite.cni;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.suite.plugin.Outcome;
import io.patchbay.suite.plugin.PluginCall;
import io.patchbay.suite.plugin.Recorder;
import io.patchbay.suite.plugin.StrictJson;
import io.patchbay.suite.row.Checks;
import io.patchbay.suite.row.Unmet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// DEL: it undoes the ADD, whole or half, once or twice, whatever is gone meanwhile.
final class DelRows {
    private static final String BEST_EFFORT =
            "Take what is gone already for done, and remove the rest: DEL works from the container"
                    + " id and the interface name.";

    private DelRows() {}

    static void declare(Checks<Trial> checks) {
        checks.check("C35", DelRows::theNamespaceIsOptional, BEST_EFFORT)
                .check(
                        "C36",
                        DelRows::nothingIsLeft,
                        "Remove the interface, what belongs to it on the node, and the addresses.")
                .check("C37", DelRows::whatIsGoneIsNoError, BEST_EFFORT)
                .check(
                        "C38",
                        DelRows::addressesAreReleasedWithoutTheNamespace,
                        "Call the IPAM plugin's DEL before you look at the namespace.")
                .check("C39", DelRows::twice, BEST_EFFORT)
                .check(
                        "C40",
                        DelRows::withoutTheResult,
                        "Do not count on prevResult in DEL: a runtime may have lost it.")
                .check("C42", DelRows::afterAnAddThatFailed, BEST_EFFORT)
                .check("C43", DelRows::silently, "Print nothing on stdout in DEL.")
                .check(
                        "C44",
                        DelRows::theFailureOfAnIpamPluginIsTold,
                        "Call the DEL of the plugins that you call, and fail where they fail.");
    }

    private static void theNamespaceIsOptional(Trial trial) {
        Pod pod = trial.pod();
        ObjectNode result = trial.add(pod);
        trial.call(trial.delCall(pod, result).without(PluginCall.NETNS)).succeeds();
        Pod other = trial.pod();
        ObjectNode given = trial.add(other);
        trial.call(trial.delCall(other, given).with(PluginCall.NETNS, "")).succeeds();
    }

    private static void nothingIsLeft(Trial trial) {
        Set<String> before = links(trial);
        Pod pod = trial.pod();
        ObjectNode result = trial.add(pod);
        trial.call(trial.delCall(pod, result)).succeeds();
        if (trial.kind() == Kind.INTERFACE) {
            Unmet.unless(
                    pod.link().isMissingNode(),
                    "the interface %s is in the pod after DEL".formatted(pod.ifName()));
        }
        Set<String> left = links(trial);
        left.removeAll(before);
        Unmet.unless(left.isEmpty(), "DEL left the links %s on the node".formatted(left));
        if (!trial.ipam("host-local").isMissingNode()) {
            Unmet.unless(
                    trial.leases().isEmpty(),
                    "DEL left the addresses %s taken".formatted(trial.leases()));
        }
    }

    /// The node's links, without bridges, which pods share and which stay.
    private static Set<String> links(Trial trial) {
        Set<String> names = new TreeSet<>();
        String list = trial.node().witness().run("ip", "-j", "-d", "link");
        for (JsonNode link : StrictJson.list("the list", list)) {
            if (!link.path("linkinfo").path("info_kind").asText().equals("bridge")) {
                names.add(link.path("ifname").asText());
            }
        }
        return names;
    }

    private static void whatIsGoneIsNoError(Trial trial) {
        Pod never = trial.pod();
        trial.call(trial.of("DEL", never, Optional.empty())).succeeds();
        if (trial.kind() == Kind.INTERFACE) {
            Pod stripped = trial.pod();
            ObjectNode result = trial.add(stripped);
            stripped.run("ip", "link", "delete", stripped.ifName());
            trial.call(trial.delCall(stripped, result)).succeeds();
        }
        Pod gone = trial.pod();
        ObjectNode result = trial.add(gone);
        PluginCall del = trial.delCall(gone, result);
        gone.close();
        trial.call(del).succeeds();
    }

    private static void addressesAreReleasedWithoutTheNamespace(Trial trial) {
        trial.leases();
        Pod pod = trial.pod();
        ObjectNode result = trial.add(pod);
        Unmet.unless(!trial.leases().isEmpty(), "ADD took no address: %s".formatted(result));
        PluginCall del = trial.delCall(pod, result);
        pod.close();
        trial.call(del.without(PluginCall.NETNS)).succeeds();
        Unmet.unless(
                trial.leases().isEmpty(),
                "DEL without CNI_NETNS succeeded and left the addresses %s taken"
                        .formatted(trial.leases()));
    }

    private static void twice(Trial trial) {
        Pod pod = trial.pod();
        PluginCall del = trial.delCall(pod, trial.add(pod));
        trial.call(del).succeeds();
        trial.call(del).succeeds();
    }

    private static void withoutTheResult(Trial trial) {
        Pod pod = trial.pod();
        trial.add(pod);
        trial.call(trial.of("DEL", pod, Optional.empty())).succeeds();
    }

    private static void afterAnAddThatFailed(Trial trial) {
        Pod pod = trial.pod();
        Outcome add =
                trial.call(trial.addCall(pod).with(PluginCall.NETNS, "/nowhere/of/the/suite"));
        if (!add.isSuccess()) {
            add.refused("a namespace that is not there");
        }
        trial.call(trial.of("DEL", pod, Optional.empty())).succeeds();
    }

    private static void silently(Trial trial) {
        Pod pod = trial.pod();
        trial.call(trial.delCall(pod, trial.add(pod))).succeedsSilently();
    }

    private static void theFailureOfAnIpamPluginIsTold(Trial trial) {
        Recorder ipam = trial.recordIpam().refuse("DEL", 111);
        Pod pod = trial.pod();
        ObjectNode result = trial.call(trial.seeing(ipam, trial.addCall(pod))).result();
        trial.call(trial.seeing(ipam, trial.delCall(pod, result)))
                .refused("the DEL of its IPAM plugin failed");
    }
}
