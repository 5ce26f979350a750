package io.patchbay.suite.cni;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.suite.plugin.CniError;
import io.patchbay.suite.plugin.PluginCall;
import io.patchbay.suite.plugin.Recorder;
import io.patchbay.suite.plugin.SpecVersion;
import io.patchbay.suite.row.Checks;
import io.patchbay.suite.row.Inapplicable;
import io.patchbay.suite.row.Unmet;

/// STATUS: whether an ADD would be served.
final class StatusRows {
    private StatusRows() {}

    static void declare(Checks<Trial> checks) {
        checks.check(
                        "C57",
                        StatusRows::whatStatusPromisesAddKeeps,
                        "Answer STATUS with 0 if, and only if, an ADD would be served.")
                .check(
                        "C58",
                        StatusRows::theCodeOfARefusal,
                        "Answer with 50 where an ADD would fail, with 51 where living pods suffer"
                                + " too.")
                .check(
                        "C59",
                        StatusRows::exhaustedResourcesAreTold,
                        "Look in STATUS whether an address is left.")
                .check(
                        "C60",
                        StatusRows::theIpamPluginIsAsked,
                        "Call the STATUS of the plugins that an ADD needs, and fail where they"
                                + " fail.")
                .check(
                        "C61",
                        StatusRows::addWithoutStatus,
                        "Do not prepare in STATUS what ADD needs: it may never be called.")
                .check(
                        "C62",
                        StatusRows::noContainerIsNeeded,
                        "Demand CNI_COMMAND alone in STATUS.");
    }

    private static void whatStatusPromisesAddKeeps(Trial trial) {
        trial.atLeast(SpecVersion.V1_1_0);
        trial.call(trial.of("STATUS")).succeeds();
        trial.call(trial.addCall(trial.pod())).result();
    }

    private static Recorder ipamThatIsDown(Trial trial) {
        trial.atLeast(SpecVersion.V1_1_0);
        return trial.recordIpam().refuse("STATUS", 50);
    }

    private static void theCodeOfARefusal(Trial trial) {
        Recorder ipam = ipamThatIsDown(trial);
        CniError error =
                trial.call(trial.seeing(ipam, trial.of("STATUS")))
                        .refused("the STATUS of its IPAM plugin is 50");
        Unmet.unless(
                error.code() == 50 || error.code() == 51,
                "STATUS is to be refused with code 50 or 51, and was with %s".formatted(error));
    }

    private static void theIpamPluginIsAsked(Trial trial) {
        Recorder ipam = ipamThatIsDown(trial);
        trial.call(trial.seeing(ipam, trial.of("STATUS")))
                .refused("the STATUS of its IPAM plugin is 50");
        Unmet.unless(!ipam.calls("STATUS").isEmpty(), "the IPAM plugin's STATUS was not called");
    }

    private static void exhaustedResourcesAreTold(Trial trial) {
        Inapplicable.unless(
                trial.ipam("host-local") instanceof ObjectNode,
                "what is exhausted is known for host-local alone");
        trial.atLeast(SpecVersion.V1_1_0);
        ObjectNode ipam = (ObjectNode) trial.ipam("host-local");
        String directory = ipam.path("dataDir").asText();
        ipam.removeAll()
                .put("type", "host-local")
                .put("dataDir", directory)
                .putArray("ranges")
                .addArray()
                .addObject()
                .put("subnet", "10.124.0.0/24")
                .put("rangeStart", "10.124.0.10")
                .put("rangeEnd", "10.124.0.10");
        trial.add(trial.pod());
        trial.call(trial.addCall(trial.pod())).refused("its one address is taken");
        trial.call(trial.of("STATUS")).refused("no address is left");
    }

    private static void addWithoutStatus(Trial trial) {
        trial.add(trial.pod());
    }

    private static void noContainerIsNeeded(Trial trial) {
        trial.atLeast(SpecVersion.V1_1_0);
        trial.call(trial.of("STATUS")).succeedsSilently();
        PluginCall bare = trial.of("STATUS").without(PluginCall.PATH);
        var outcome = trial.call(bare);
        if (!outcome.isSuccess()) {
            CniError error = outcome.refused("a plugin that it cannot find");
            Unmet.unless(
                    error.code() != 4,
                    "CNI_PATH is demanded, which is optional: %s".formatted(error));
        }
    }
}
