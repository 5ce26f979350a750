package io.patchbay.suite.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.suite.plugin.PluginCall;
import io.patchbay.suite.plugin.Recorder;
import io.patchbay.suite.row.Checks;
import io.patchbay.suite.row.Unmet;
import java.util.List;

/// What a meta plugin owes the plugins that it calls, shown with a chain of two.
final class DutyRows {
    private static final String MAC = ", \"mac\": \"02:00:00:ab:cd:ef\"";
    private static final String DECLARED = ", \"capabilities\": {\"mac\": true, \"ips\": true}";

    private DutyRows() {}

    static Checks<NetworkTrial> declare(Checks<NetworkTrial> checks) {
        return checks.check(
                        "N10",
                        DutyRows::versionAndNameAreInjected,
                        "Put cniVersion and name of the list into each plugin's configuration.")
                .check("C8", DutyRows::unknownKeysPass, "Hand keys that you do not know on.")
                .check(
                        "C79",
                        DutyRows::aMissingExecutable,
                        "Fail where a plugin's binary is not in CNI_PATH.")
                .check(
                        "C80",
                        DutyRows::addInOrder,
                        "Call a chain in order, each with the result of the one before, and stop at"
                                + " the first error.")
                .check(
                        "C82",
                        DutyRows::delInReverse,
                        "Call a chain's DEL in reverse, with the final result of the ADD.")
                .check(
                        "C87",
                        DutyRows::runtimeConfigIsWhatIsDeclaredAndOffered,
                        "Offer each plugin the capabilities that it declares, and no others.")
                .check(
                        "C88",
                        DutyRows::capabilitiesAreNotPassedOn,
                        "Leave capabilities out of what a plugin sees.")
                .check("C90", DutyRows::thePathIsPassedOn, "Hand the runtime's CNI_PATH on.");
    }

    private record Chain(RecordedLink first, Recorder second, NetworkPod pod) {}

    /// A network `chain` of a link and of a plugin that answers with what it was given.
    private static Chain chain(NetworkTrial trial, String keys, String request) {
        RecordedLink first = trial.recorder("suite-first");
        Recorder second = trial.recorder("suite-second").recorder();
        second.before("ADD", "")
                .answer(
                        "ADD",
                        0,
                        "{\"cniVersion\": \"1.0.0\", \"interfaces\": [{\"name\": \"final\"}]}");
        trial.define(
                trial.subject().cluster().namespace(),
                "chain",
                """
                {"cniVersion": "1.0.0", "name": "%s", "plugins": [
                  {"type": "suite-first", "org.example.key": {"deep": [1, 2]} %s},
                  {"type": "suite-second"}]}
                """
                        .formatted(trial.name("chain"), keys));
        NetworkPod pod =
                trial.pod("[{\"name\": \"%s\"%s}]".formatted(trial.name("chain"), request));
        trial.publish();
        return new Chain(first, second, pod);
    }

    private static Chain attached(NetworkTrial trial, String keys, String request) {
        Chain chain = chain(trial, keys, request);
        trial.add(chain.pod()).result();
        return chain;
    }

    private static ObjectNode input(Recorder plugin, String command) {
        return plugin.first(command).input();
    }

    private static void versionAndNameAreInjected(NetworkTrial trial) {
        Chain chain = attached(trial, "", "");
        for (Recorder plugin : List.of(chain.first().recorder(), chain.second())) {
            ObjectNode input = input(plugin, "ADD");
            Unmet.unless(
                    input.path("cniVersion").asText().equals("1.0.0")
                            && input.path("name").asText().equals(trial.name("chain")),
                    "%s saw cniVersion %s and name %s"
                            .formatted(
                                    plugin.type(), input.path("cniVersion"), input.path("name")));
        }
    }

    private static void unknownKeysPass(NetworkTrial trial) {
        JsonNode seen =
                input(attached(trial, "", "").first().recorder(), "ADD").path("org.example.key");
        Unmet.unless(
                seen.path("deep").size() == 2,
                "the key org.example.key of a plugin reached it as " + seen);
    }

    private static void aMissingExecutable(NetworkTrial trial) {
        trial.define(
                trial.subject().cluster().namespace(),
                "missing",
                "{\"cniVersion\": \"1.0.0\", \"name\": \"missing\", \"type\": \"suite-nobody\"}");
        NetworkPod pod = trial.pod(trial.name("missing"));
        trial.publish();
        trial.add(pod).refused("a plugin whose binary is not there");
        trial.nothingIsLeft(pod);
    }

    private static void addInOrder(NetworkTrial trial) {
        Chain chain = attached(trial, "", "");
        JsonNode none = input(chain.first().recorder(), "ADD").path("prevResult");
        Unmet.unless(none.isMissingNode(), "the first plugin saw a prevResult: " + none);
        JsonNode previous = input(chain.second(), "ADD").path("prevResult");
        Unmet.unless(
                previous.path("interfaces").path(0).path("name").asText().equals("net1"),
                "the second plugin saw the prevResult " + previous);
    }

    private static void delInReverse(NetworkTrial trial) {
        Chain chain = attached(trial, "", "");
        trial.del(chain.pod()).succeeds();
        List<String> order =
                trial.calls("DEL", chain.pod()).stream()
                        .map(Recorder.Call::type)
                        .filter(type -> !type.equals(NetworkTrial.DEFAULT))
                        .toList();
        Unmet.unless(
                order.equals(List.of("suite-second", "suite-first")),
                "DEL was called in the order " + order);
        for (Recorder plugin : List.of(chain.second(), chain.first().recorder())) {
            JsonNode previous = input(plugin, "DEL").path("prevResult");
            Unmet.unless(
                    previous.path("interfaces").path(0).path("name").asText().equals("final"),
                    "the DEL of %s saw the prevResult %s".formatted(plugin.type(), previous));
        }
    }

    private static void runtimeConfigIsWhatIsDeclaredAndOffered(NetworkTrial trial) {
        Chain chain = attached(trial, DECLARED, MAC);
        JsonNode offered = input(chain.first().recorder(), "ADD").path("runtimeConfig");
        Unmet.unless(
                offered.has("mac") && !offered.has("ips"),
                "mac and ips are declared, mac is asked for, and runtimeConfig is " + offered);
        JsonNode other = input(chain.second(), "ADD").path("runtimeConfig");
        Unmet.unless(
                !other.has("mac"), "a plugin that declares nothing saw the runtimeConfig " + other);
    }

    private static void capabilitiesAreNotPassedOn(NetworkTrial trial) {
        JsonNode seen =
                input(attached(trial, DECLARED, MAC).first().recorder(), "ADD")
                        .path("capabilities");
        Unmet.unless(seen.isMissingNode(), "the plugin saw the capabilities " + seen);
    }

    private static void thePathIsPassedOn(NetworkTrial trial) {
        Chain chain = chain(trial, "", "");
        PluginCall add = trial.callOf("ADD", chain.pod());
        String path = add.environment().getOrDefault(PluginCall.PATH, "") + ":/of/the/suite";
        trial.call(add.with(PluginCall.PATH, path)).result();
        String seen = chain.second().first("ADD").environment().getOrDefault(PluginCall.PATH, "");
        Unmet.unless(
                seen.contains("/of/the/suite"),
                "CNI_PATH is %s, and the plugin saw %s".formatted(path, seen));
    }
}
