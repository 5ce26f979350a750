package io.patchbay.suite.cni;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.suite.plugin.PluginCall;
import io.patchbay.suite.plugin.Recorder;
import io.patchbay.suite.plugin.SpecVersion;
import io.patchbay.suite.row.Checks;
import io.patchbay.suite.row.Unmet;
import java.util.List;

/// GC: what nobody remembers goes, the rest stays.
final class GcRows {
    private GcRows() {}

    static void declare(Checks<Trial> checks) {
        checks.check(
                        "C65",
                        GcRows::whatIsValidStays,
                        "Spare every containerID and ifname of cni.dev/valid-attachments.")
                .check(
                        "C66",
                        GcRows::whatIsForgottenGoes,
                        "Release in GC what this network keeps of attachments that are not listed.")
                .check("C67", GcRows::theNamespaceMayBeGone, "Look for no namespace in GC.")
                .check(
                        "C69",
                        GcRows::theIpamPluginIsCalled,
                        "Call the GC of the plugins that you call, and fail where they fail.")
                .check("C70", GcRows::silently, "Print nothing on stdout in GC.")
                .check(
                        "C73",
                        GcRows::noContainerIsNeeded,
                        "Demand CNI_COMMAND and CNI_PATH alone in GC.");
    }

    private static void whatIsValidStays(Trial trial) {
        trial.atLeast(SpecVersion.V1_1_0);
        Pod pod = trial.pod();
        ObjectNode result = trial.add(pod);
        trial.call(trial.gcCall(pod)).succeeds();
        trial.call(trial.checkCall(pod, result)).succeeds();
    }

    private static void whatIsForgottenGoes(Trial trial) {
        trial.leases();
        trial.atLeast(SpecVersion.V1_1_0);
        Pod kept = trial.pod();
        trial.add(kept);
        List<String> valid = trial.leases();
        trial.add(trial.pod());
        trial.call(trial.gcCall(kept)).succeeds();
        Unmet.unless(
                trial.leases().equals(valid),
                "GC was to leave %s, the addresses of the valid attachment, and left %s"
                        .formatted(valid, trial.leases()));
    }

    private static void theNamespaceMayBeGone(Trial trial) {
        trial.atLeast(SpecVersion.V1_1_0);
        Pod pod = trial.pod();
        trial.add(pod);
        pod.close();
        trial.call(trial.gcCall()).succeeds();
    }

    private static void theIpamPluginIsCalled(Trial trial) {
        trial.atLeast(SpecVersion.V1_1_0);
        Recorder ipam = trial.recordIpam().refuse("GC", 111);
        var outcome = trial.call(trial.seeing(ipam, trial.gcCall()));
        Unmet.unless(!ipam.calls("GC").isEmpty(), "the IPAM plugin's GC was not called");
        outcome.refused("the GC of its IPAM plugin failed");
    }

    private static void silently(Trial trial) {
        trial.atLeast(SpecVersion.V1_1_0);
        trial.add(trial.pod());
        trial.call(trial.gcCall()).succeedsSilently();
    }

    private static void noContainerIsNeeded(Trial trial) {
        trial.atLeast(SpecVersion.V1_1_0);
        PluginCall call = trial.gcCall().without(PluginCall.ARGS);
        trial.call(call).succeeds();
    }
}
