package io.patchbay.suite.cni;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.suite.plugin.CniError;
import io.patchbay.suite.plugin.Outcome;
import io.patchbay.suite.plugin.PluginCall;
import io.patchbay.suite.plugin.Recorder;
import io.patchbay.suite.row.Checks;
import io.patchbay.suite.row.Unmet;
import java.util.ArrayList;
import java.util.List;

/// ADD: what it needs, what it makes, and what it refuses.
final class AddRows {
    private AddRows() {}

    static void declare(Checks<Trial> checks) {
        checks.check(
                        "C28",
                        AddRows::argumentsAndPathAreOptional,
                        "Do without CNI_ARGS; demand CNI_PATH only where you call another plugin.")
                .check(
                        "C29",
                        AddRows::theInterfaceIsMade,
                        "Make the interface under CNI_IFNAME inside CNI_NETNS before you print the"
                                + " result.")
                .check(
                        "C30",
                        AddRows::theResultIsPrinted,
                        "Print what you made: the interface with its sandbox, the addresses with"
                                + " its index.")
                .check(
                        "C31",
                        AddRows::theResultBeforeIsPassedOn,
                        "Start from prevResult, and print all of it beside your own.")
                .check(
                        "C32",
                        AddRows::aTakenNameIsRefused,
                        "Look for CNI_IFNAME in the namespace first, and leave a link that is there"
                                + " alone.")
                .check(
                        "C34",
                        AddRows::anIpamPluginThatFailedIsReleased,
                        "Call the IPAM plugin's DEL where its ADD failed, and then report the"
                                + " failure.");
    }

    private static void argumentsAndPathAreOptional(Trial trial) {
        PluginCall add = trial.addCall(trial.pod());
        if (trial.subject().args().isEmpty()) {
            trial.call(add.without(PluginCall.ARGS)).result();
        }
        Outcome outcome = trial.call(trial.addCall(trial.pod()).without(PluginCall.PATH));
        if (!outcome.isSuccess()) {
            CniError error = outcome.refused("a plugin that it cannot find");
            Unmet.unless(
                    error.code() != 4,
                    "CNI_PATH is demanded, which is optional, whether a plugin is to be called or not: %s"
                            .formatted(error));
        }
    }

    private static void theInterfaceIsMade(Trial trial) {
        trial.only(Kind.INTERFACE, Kind.CHAINED);
        Pod pod = trial.pod();
        trial.add(pod);
        Unmet.unless(
                !pod.link().isMissingNode(),
                "ADD succeeded, and there is no link %s in the namespace".formatted(pod.ifName()));
    }

    private static void theResultIsPrinted(Trial trial) {
        Pod pod = trial.pod();
        ObjectNode result = trial.add(pod);
        if (trial.kind() == Kind.IPAM) {
            Unmet.unless(
                    !result.path("ips").isEmpty() || result.has("ip4") || result.has("ip6"),
                    "the result has no address: %s".formatted(result));
            return;
        }
        if (Results.knowsInterfaces(result)) {
            Unmet.unless(
                    Results.own(result, pod).isPresent(),
                    "the result has no interface %s with the sandbox of the pod: %s"
                            .formatted(pod.ifName(), result.path("interfaces")));
        }
    }

    private static void theResultBeforeIsPassedOn(Trial trial) {
        trial.only(Kind.CHAINED);
        Pod pod = trial.pod();
        ObjectNode previous = pod.previous(trial.version()).orElseThrow();
        ObjectNode result = trial.add(pod);
        Unmet.unless(
                names(result).containsAll(names(previous)),
                "prevResult has the interfaces %s, and the result has %s"
                        .formatted(names(previous), names(result)));
        for (String address : previous.findValuesAsText("address")) {
            Unmet.unless(
                    result.findValuesAsText("address").contains(address),
                    "prevResult has the address %s, and the result lacks it: %s"
                            .formatted(address, result.path("ips")));
        }
    }

    private static List<String> names(ObjectNode result) {
        List<String> names = new ArrayList<>();
        for (JsonNode link : result.path("interfaces")) {
            names.add(link.path("name").asText());
        }
        return names;
    }

    private static void aTakenNameIsRefused(Trial trial) {
        trial.only(Kind.INTERFACE);
        Pod pod = trial.pod();
        pod.addLink(pod.ifName());
        trial.call(trial.addCall(pod)).refused("a link of that name is there already");
    }

    private static void anIpamPluginThatFailedIsReleased(Trial trial) {
        Recorder ipam = trial.recordIpam().refuse("ADD", 111);
        trial.call(trial.seeing(ipam, trial.addCall(trial.pod())))
                .refused("the IPAM plugin failed");
        List<String> commands = ipam.calls().stream().map(Recorder.Call::command).toList();
        Unmet.unless(
                commands.equals(List.of("ADD", "DEL")),
                "the IPAM plugin failed its ADD, and was called for %s, where ADD and then DEL are expected"
                        .formatted(commands));
    }
}
