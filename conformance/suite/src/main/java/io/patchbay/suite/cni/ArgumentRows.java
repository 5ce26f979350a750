package io.patchbay.suite.cni;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.suite.plugin.PluginCall;
import io.patchbay.suite.plugin.SpecVersion;
import io.patchbay.suite.row.Checks;
import io.patchbay.suite.row.Inapplicable;
import io.patchbay.suite.row.Unmet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a runtime wants of one attachment: CNI_ARGS, args and capabilities.
final class ArgumentRows {
    private static final String MAC = "02:00:00:ab:cd:ef";
    private static final Pattern IPV4 = Pattern.compile("(\\d+\\.\\d+\\.\\d+\\.)(\\d+)(/\\d+)");

    private ArgumentRows() {}

    static void declare(Checks<Trial> checks) {
        checks.check(
                        "C100",
                        ArgumentRows::foreignArgumentsAreIgnored,
                        "Read CNI_ARGS as K=V pairs between semicolons, and ignore the unknown with"
                                + " IgnoreUnknown=1.")
                .check(
                        "C101",
                        ArgumentRows::argsWinOverTheEnvironment,
                        "Let args.cni of the configuration win over CNI_ARGS.")
                .check(
                        "C102",
                        ArgumentRows::declaredCapabilitiesAreHeeded,
                        "Heed what runtimeConfig asks, or do not declare the capability.");
    }

    private static void foreignArgumentsAreIgnored(Trial trial) {
        String args = trial.subject().args();
        trial.call(
                        trial.addCall(trial.pod())
                                .with(
                                        PluginCall.ARGS,
                                        args.isEmpty()
                                                ? "IgnoreUnknown=1;SUITE_UNKNOWN=value"
                                                : args + ";SUITE_UNKNOWN=value"))
                .result();
    }

    /// An address some steps behind one that was given out, which is in the same subnet.
    private static String behind(Trial trial, int steps) {
        Pod pod = trial.pod();
        ObjectNode result = trial.add(pod);
        trial.call(trial.delCall(pod, result)).succeeds();
        Matcher ip = IPV4.matcher(result.path("ips").path(0).path("address").asText());
        Inapplicable.unless(
                ip.matches() && !trial.version().isBefore(SpecVersion.V0_3_0),
                "the result has no IPv4 address");
        return ip.group(1) + (Integer.parseInt(ip.group(2)) % 200 + steps) + ip.group(3);
    }

    private static String bare(String cidr) {
        return cidr.substring(0, cidr.indexOf('/'));
    }

    private static void argsWinOverTheEnvironment(Trial trial) {
        trial.only(Kind.INTERFACE, Kind.IPAM);
        Inapplicable.unless(
                trial.config().path("ipam").isObject(), "the configuration has no ipam to ask");
        String byEnvironment = behind(trial, 3);
        String byArgs = behind(trial, 6);
        trial.config().putObject("args").putObject("cni").putArray("ips").add(byArgs);
        List<String> given =
                trial
                        .call(
                                trial.addCall(trial.pod())
                                        .with(
                                                PluginCall.ARGS,
                                                "IgnoreUnknown=1;IP=" + byEnvironment))
                        .result()
                        .findValuesAsText("address")
                        .stream()
                        .map(ArgumentRows::bare)
                        .toList();
        if (!given.contains(bare(byArgs))) {
            Inapplicable.unless(
                    given.contains(bare(byEnvironment)),
                    "neither args.cni.ips nor IP in CNI_ARGS is heeded");
            throw new Unmet(
                    "args.cni.ips asks for %s and CNI_ARGS for %s, and the result has %s"
                            .formatted(byArgs, byEnvironment, given));
        }
    }

    private static void declaredCapabilitiesAreHeeded(Trial trial) {
        boolean mac = declares(trial, "mac") && trial.kind() != Kind.IPAM;
        boolean ips = declares(trial, "ips");
        Inapplicable.unless(mac || ips, "the configuration declares neither mac nor ips");
        ObjectNode runtime = trial.config().deepCopy().objectNode();
        String asked = ips ? behind(trial, 9) : "";
        if (mac) {
            runtime.put("mac", MAC);
        }
        if (ips) {
            runtime.putArray("ips").add(asked);
        }
        trial.config().set("runtimeConfig", runtime);
        Pod pod = trial.pod();
        ObjectNode result = trial.add(pod);
        if (mac) {
            Unmet.unless(
                    pod.link().path("address").asText().equals(MAC),
                    "runtimeConfig asks for the MAC %s, and the interface has %s"
                            .formatted(MAC, pod.link().path("address")));
        }
        if (ips) {
            Unmet.unless(
                    result.findValuesAsText("address").contains(asked),
                    "runtimeConfig asks for the address %s, and the result has %s"
                            .formatted(asked, result.path("ips")));
        }
    }

    private static boolean declares(Trial trial, String capability) {
        return trial.config().path("capabilities").path(capability).asBoolean();
    }
}
