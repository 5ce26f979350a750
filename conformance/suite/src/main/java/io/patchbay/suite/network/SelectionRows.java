package io.patchbay.suite.network;

import io.patchbay.suite.plugin.Outcome;
import io.patchbay.suite.row.Checks;
import io.patchbay.suite.row.Unmet;
import java.util.List;
import java.util.Map;

/// Which networks a pod gets, and under which interface names.
final class SelectionRows {
    private SelectionRows() {}

    static void declare(Checks<NetworkTrial> checks) {
        checks.check(
                        "N1",
                        SelectionRows::bothForms,
                        "Read the annotation as JSON where it is a list, else as names between"
                                + " commas.")
                .check(
                        "N2",
                        SelectionRows::theDefaultNetworkAlone,
                        "Take an annotation that is absent or empty for none.")
                .check("N5", SelectionRows::theSameNetworkTwice, "Count attachments, not networks.")
                .check(
                        "N6",
                        SelectionRows::aNetworkOfAnotherNamespace,
                        "Look for ns/name, and for \"namespace\", in that namespace.")
                .check(
                        "N7",
                        SelectionRows::anUnknownNetwork,
                        "Look for all networks before the first attachment, or undo those that were"
                                + " made.")
                .check(
                        "N9",
                        SelectionRows::aMissingName,
                        "Put the definition's name into a configuration without one.")
                .check(
                        "N11",
                        SelectionRows::theInterfaceIsHonoured,
                        "Pass \"interface\", and what is behind @, as CNI_IFNAME.")
                .check(
                        "N12",
                        SelectionRows::anInterfaceTwice,
                        "Refuse a pod that asks twice for an interface name.")
                .check(
                        "N13",
                        SelectionRows::anInvalidName,
                        "Check the whole annotation before the first attachment, in its JSON form"
                                + " too.")
                .check(
                        "N14",
                        SelectionRows::generatedNamesAreUnique,
                        "Generate names around those that are asked for, or refuse the pod before"
                                + " the first attachment.");
    }

    static void links(NetworkPod pod, String... expected) {
        Unmet.unless(
                pod.links().equals(List.of(expected)),
                "the pod is to have the links %s, and has %s"
                        .formatted(List.of(expected), pod.links()));
    }

    private static void bothForms(NetworkTrial trial) {
        trial.network("a", "");
        NetworkPod brief = trial.pod(trial.name("a"));
        NetworkPod json = trial.pod("[{\"name\": \"%s\"}]".formatted(trial.name("a")));
        trial.publish();
        trial.add(brief).result();
        links(brief, "eth0", "net1");
        trial.add(json).result();
        links(json, "eth0", "net1");
    }

    private static void theDefaultNetworkAlone(NetworkTrial trial) {
        NetworkPod none = trial.pod(Map.of());
        NetworkPod empty = trial.pod("");
        trial.publish();
        trial.add(none).result();
        links(none, "eth0");
        trial.add(empty).result();
        links(empty, "eth0");
    }

    private static void theSameNetworkTwice(NetworkTrial trial) {
        trial.network("a", "");
        NetworkPod pod = trial.pod("%1$s,%1$s".formatted(trial.name("a")));
        trial.publish();
        trial.add(pod).result();
        links(pod, "eth0", "net1", "net2");
        int rows = trial.status(pod).size();
        Unmet.unless(rows == 3, "network-status is to have 3 rows, and has %d".formatted(rows));
    }

    private static void aNetworkOfAnotherNamespace(NetworkTrial trial) {
        String other = trial.subject().cluster().otherNamespace();
        trial.network(other, "a", "");
        NetworkPod brief = trial.pod(other + "/" + trial.name("a"));
        NetworkPod json =
                trial.pod(
                        "[{\"name\": \"%s\", \"namespace\": \"%s\"}]"
                                .formatted(trial.name("a"), other));
        trial.publish();
        trial.add(brief).result();
        links(brief, "eth0", "net1");
        trial.add(json).result();
        links(json, "eth0", "net1");
    }

    private static void anUnknownNetwork(NetworkTrial trial) {
        trial.network("a", "");
        NetworkPod pod = trial.pod(trial.name("a") + "," + trial.name("nowhere"));
        trial.publish();
        trial.add(pod).refused("a network that is not there");
        trial.nothingIsLeft(pod);
    }

    private static void aMissingName(NetworkTrial trial) {
        RecordedLink plugin = trial.recorder("suite-unnamed");
        trial.define(
                trial.subject().cluster().namespace(),
                "unnamed",
                "{\"cniVersion\": \"1.0.0\", \"type\": \"%s\"}".formatted(plugin.type()));
        NetworkPod pod = trial.pod(trial.name("unnamed"));
        trial.publish();
        trial.add(pod).result();
        String name = plugin.recorder().first("ADD").input().path("name").asText();
        Unmet.unless(
                name.equals(trial.name("unnamed")),
                "the configuration has no name, its definition is %s, and the plugin saw \"%s\""
                        .formatted(trial.name("unnamed"), name));
    }

    private static void theInterfaceIsHonoured(NetworkTrial trial) {
        trial.network("a", "");
        NetworkPod pod =
                trial.pod(
                        "[{\"name\": \"%s\", \"interface\": \"media7\"}]"
                                .formatted(trial.name("a")));
        NetworkPod brief = trial.pod(trial.name("a") + "@media7");
        trial.publish();
        trial.add(pod).result();
        links(pod, "eth0", "media7");
        trial.add(brief).result();
        links(brief, "eth0", "media7");
    }

    private static void anInterfaceTwice(NetworkTrial trial) {
        trial.network("a", "");
        trial.network("b", "");
        NetworkPod pod =
                trial.pod(
                        "[{\"name\": \"%s\", \"interface\": \"x0\"}, {\"name\": \"%s\", \"interface\": \"x0\"}]"
                                .formatted(trial.name("a"), trial.name("b")));
        trial.publish();
        trial.add(pod).refused("two attachments want the interface x0");
        trial.nothingIsLeft(pod);
    }

    private static void anInvalidName(NetworkTrial trial) {
        trial.network("a", "");
        NetworkPod brief = trial.pod(trial.name("a") + ",No_Name!");
        NetworkPod json =
                trial.pod(
                        "[{\"name\": \"%s\"}, {\"name\": \"No_Name!\"}]"
                                .formatted(trial.name("a")));
        trial.publish();
        for (NetworkPod pod : List.of(brief, json)) {
            trial.add(pod).refused("the network name No_Name!");
            Unmet.unless(
                    trial.calls("ADD", pod).isEmpty(),
                    "the annotation has an invalid name, and %s was called all the same"
                            .formatted(trial.calls("ADD", pod)));
        }
    }

    private static void generatedNamesAreUnique(NetworkTrial trial) {
        trial.network("a", "");
        trial.network("b", "");
        NetworkPod pod =
                trial.pod(
                        "[{\"name\": \"%s\", \"interface\": \"net2\"}, {\"name\": \"%s\"}]"
                                .formatted(trial.name("a"), trial.name("b")));
        trial.publish();
        Outcome outcome = trial.add(pod);
        if (!outcome.isSuccess()) {
            outcome.refused("a generated name is one that is asked for");
            trial.nothingIsLeft(pod);
            return;
        }
        Unmet.unless(
                pod.links().size() == 3 && pod.links().contains("net2"),
                "the pod is to have eth0, net2 and a third link, and has " + pod.links());
    }
}
