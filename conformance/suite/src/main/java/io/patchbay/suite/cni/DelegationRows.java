package io.patchbay.suite.cni;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.suite.plugin.PluginCall;
import io.patchbay.suite.plugin.Recorder;
import io.patchbay.suite.plugin.SpecVersion;
import io.patchbay.suite.row.Checks;
import io.patchbay.suite.row.Unmet;
import java.util.List;

/// How a plugin calls another, shown with an IPAM plugin of the suite's own.
final class DelegationRows {
    private DelegationRows() {}

    static void declare(Checks<Trial> checks) {
        checks.check(
                        "C91",
                        DelegationRows::theSameEnvironmentAndConfiguration,
                        "Hand your environment and stdin on as they are, and look for the binary in"
                                + " CNI_PATH.")
                .check(
                        "C92",
                        DelegationRows::everyVerbIsForwarded,
                        "Call the plugins that you call for ADD in every other verb, too.");
    }

    private static void theSameEnvironmentAndConfiguration(Trial trial) {
        Recorder ipam = trial.recordIpam();
        PluginCall add = trial.seeing(ipam, trial.addCall(trial.pod()));
        trial.call(add).result();
        List<Recorder.Call> calls = ipam.calls("ADD");
        Unmet.unless(
                calls.size() == 1,
                "the IPAM plugin was called %d times for ADD".formatted(calls.size()));
        for (String key :
                List.of(
                        PluginCall.CONTAINER,
                        PluginCall.NETNS,
                        PluginCall.IFNAME,
                        PluginCall.PATH)) {
            String given = add.environment().getOrDefault(key, "");
            String seen = calls.getFirst().environment().getOrDefault(key, "");
            Unmet.unless(
                    seen.equals(given),
                    "%s is \"%s\", and the IPAM plugin saw \"%s\"".formatted(key, given, seen));
        }
        ObjectNode input = calls.getFirst().input();
        trial.config()
                .properties()
                .forEach(entry ->
                        Unmet.unless(
                                entry.getValue().equals(input.path(entry.getKey())),
                                "the key %s of the configuration is %s, and the IPAM plugin saw %s"
                                        .formatted(
                                                entry.getKey(),
                                                entry.getValue(),
                                                input.path(entry.getKey()))));
    }

    private static void everyVerbIsForwarded(Trial trial) {
        boolean newest = trial.speaks(SpecVersion.V1_1_0);
        trial.atLeast(newest ? SpecVersion.V1_1_0 : SpecVersion.V0_4_0);
        Recorder ipam = trial.recordIpam();
        Pod pod = trial.pod();
        ObjectNode result = trial.call(trial.seeing(ipam, trial.addCall(pod))).result();
        trial.call(trial.seeing(ipam, trial.checkCall(pod, result)));
        trial.call(trial.seeing(ipam, trial.delCall(pod, result)));
        requireCalls(ipam, "ADD", "CHECK", "DEL");
        if (newest) {
            trial.call(trial.seeing(ipam, trial.of("STATUS")));
            trial.call(trial.seeing(ipam, trial.gcCall()));
            requireCalls(ipam, "STATUS", "GC");
        }
    }

    private static void requireCalls(Recorder ipam, String... commands) {
        for (String command : commands) {
            Unmet.unless(
                    !ipam.calls(command).isEmpty(),
                    "the IPAM plugin's %s was not called".formatted(command));
        }
    }
}
