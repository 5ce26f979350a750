package io.patchbay.suite.cni;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.suite.plugin.PluginCall;
import io.patchbay.suite.plugin.Recorder;
import io.patchbay.suite.plugin.SpecVersion;
import io.patchbay.suite.row.Checks;
import io.patchbay.suite.row.Inapplicable;
import io.patchbay.suite.row.Unmet;

/// CHECK: it finds what is amiss, and nothing else.
final class CheckRows {
    private CheckRows() {}

    static void declare(Checks<Trial> checks) {
        checks.check(
                        "C45",
                        CheckRows::prevResultIsWhatIsExpected,
                        "Compare the kernel with every address of prevResult that is on your"
                                + " interface.")
                .check(
                        "C46",
                        CheckRows::laterChangesAreLetBe,
                        "Look for what must be there, and let be what is there beside it.")
                .check(
                        "C47",
                        CheckRows::whatIsGoneIsFound,
                        "Look for the interface, each address and each route in the kernel.")
                .check(
                        "C48",
                        CheckRows::aReservationThatIsGoneIsFound,
                        "Call the IPAM plugin's CHECK, which looks for the reservation.")
                .check(
                        "C50",
                        CheckRows::rightAfterAdd,
                        "Let CHECK succeed at once after ADD: wait in ADD for what takes its time.")
                .check(
                        "C51",
                        CheckRows::theFailureOfAnIpamPluginIsTold,
                        "Call the CHECK of the plugins that you call, and fail where they fail.")
                .check("C56", CheckRows::silently, "Print nothing on stdout in CHECK.");
    }

    private static void prevResultIsWhatIsExpected(Trial trial) {
        trial.only(Kind.INTERFACE);
        trial.atLeast(SpecVersion.V0_4_0);
        Pod pod = trial.pod();
        ObjectNode result = trial.add(pod);
        Inapplicable.unless(
                result.path("ips").path(0) instanceof ObjectNode, "the result has no address");
        ((ObjectNode) result.path("ips").path(0)).put("address", "10.254.253.252/24");
        trial.call(trial.checkCall(pod, result))
                .refused("prevResult has an address that the interface has not");
    }

    private static void laterChangesAreLetBe(Trial trial) {
        trial.only(Kind.INTERFACE, Kind.CHAINED);
        trial.atLeast(SpecVersion.V0_4_0);
        Pod pod = trial.pod();
        ObjectNode result = trial.add(pod);
        pod.run("ip", "address", "add", "10.254.1.1/24", "dev", pod.ifName());
        pod.run("ip", "route", "add", "10.254.2.0/24", "dev", pod.ifName());
        pod.addLink("later0");
        trial.call(trial.checkCall(pod, result)).succeeds();
    }

    private static void whatIsGoneIsFound(Trial trial) {
        trial.only(Kind.INTERFACE, Kind.CHAINED);
        trial.atLeast(SpecVersion.V0_4_0);
        Pod pod = trial.pod();
        ObjectNode result = trial.add(pod);
        PluginCall check = trial.checkCall(pod, result);
        if (trial.kind() == Kind.INTERFACE && !result.path("routes").isEmpty()) {
            pod.run("ip", "route", "flush", "dev", pod.ifName());
            trial.call(check).refused("the routes of the interface are gone");
        }
        if (trial.kind() == Kind.INTERFACE && !result.path("ips").isEmpty()) {
            pod.run("ip", "address", "flush", "dev", pod.ifName());
            trial.call(check).refused("the addresses of the interface are gone");
        }
        pod.run("ip", "link", "delete", pod.ifName());
        trial.call(check).refused("the interface is gone");
    }

    private static void aReservationThatIsGoneIsFound(Trial trial) {
        trial.leases();
        trial.atLeast(SpecVersion.V0_4_0);
        Pod pod = trial.pod();
        ObjectNode result = trial.add(pod);
        trial.scratch().forgetLeases();
        trial.call(trial.checkCall(pod, result)).refused("the reservation of the address is gone");
    }

    private static void rightAfterAdd(Trial trial) {
        trial.atLeast(SpecVersion.V0_4_0);
        Pod pod = trial.pod();
        trial.call(trial.checkCall(pod, trial.add(pod))).succeeds();
    }

    private static void theFailureOfAnIpamPluginIsTold(Trial trial) {
        trial.atLeast(SpecVersion.V0_4_0);
        Recorder ipam = trial.recordIpam().refuse("CHECK", 111);
        Pod pod = trial.pod();
        ObjectNode result = trial.call(trial.seeing(ipam, trial.addCall(pod))).result();
        trial.call(trial.seeing(ipam, trial.checkCall(pod, result)))
                .refused("the CHECK of its IPAM plugin failed");
        Unmet.unless(!ipam.calls("CHECK").isEmpty(), "the IPAM plugin's CHECK was not called");
    }

    private static void silently(Trial trial) {
        trial.atLeast(SpecVersion.V0_4_0);
        Pod pod = trial.pod();
        trial.call(trial.checkCall(pod, trial.add(pod))).succeedsSilently();
    }
}
