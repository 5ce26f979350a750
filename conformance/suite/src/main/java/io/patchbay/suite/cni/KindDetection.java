package io.patchbay.suite.cni;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.suite.plugin.Outcome;
import io.patchbay.suite.plugin.PluginCall;
import io.patchbay.suite.plugin.SpecVersion;
import io.patchbay.suite.plugin.StrictJson;
import io.patchbay.suite.row.Unmet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// What a plugin tells of itself when it is asked, and shows when it is tried.
public final class KindDetection {
    private KindDetection() {}

    /// The known versions that VERSION tells; none where it tells nothing that can be read.
    public static Set<SpecVersion> versions(Subject subject) {
        try (Trial trial = Trial.open(subject)) {
            ObjectNode input = StrictJson.empty().put("cniVersion", trial.version().toString());
            ObjectNode said = trial.call(PluginCall.of("VERSION", input)).result();
            return StreamSupport.stream(said.path("supportedVersions").spliterator(), false)
                    .flatMap(version -> SpecVersion.find(version.asText()).stream())
                    .collect(Collectors.toSet());
        } catch (Unmet e) {
            return Set.of();
        }
    }

    /// What an ADD shows: an interface, or addresses alone, or that it needs a plugin before it.
    /// One that always fails is taken for what makes an interface.
    public static Kind kind(Subject subject) {
        try (Trial trial = Trial.open(subject.as(Kind.INTERFACE))) {
            Outcome alone = trial.call(trial.addCall(trial.pod()));
            if (alone.isSuccess()) {
                return isIpam(trial, alone) ? Kind.IPAM : Kind.INTERFACE;
            }
        }
        try (Trial trial = Trial.open(subject.as(Kind.CHAINED))) {
            boolean chained = trial.call(trial.addCall(trial.pod())).isSuccess();
            return chained ? Kind.CHAINED : Kind.INTERFACE;
        }
    }

    private static boolean isIpam(Trial trial, Outcome added) {
        try {
            ObjectNode result = added.result();
            return Results.knowsInterfaces(result)
                    && !trial.version().isBefore(SpecVersion.V0_3_0)
                    && result.path("interfaces").isEmpty()
                    && !result.path("ips").isEmpty();
        } catch (Unmet e) {
            return false;
        }
    }
}
