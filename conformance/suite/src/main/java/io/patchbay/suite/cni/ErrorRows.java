package io.patchbay.suite.cni;

import io.patchbay.suite.plugin.CniError;
import io.patchbay.suite.plugin.PluginCall;
import io.patchbay.suite.row.Checks;
import io.patchbay.suite.row.Unmet;
import java.util.List;
import java.util.Set;

/// Calls that are wrong, and the errors that they are answered with.
final class ErrorRows {
    /// 8 and 999 are of the reference implementation (skel), the others of the specification.
    private static final Set<Integer> CODES = Set.of(1, 2, 3, 4, 5, 6, 7, 8, 11, 50, 51);

    private static final int OWN = 100;

    private ErrorRows() {}

    static void declare(Checks<Trial> checks) {
        checks.check(
                        "C16",
                        ErrorRows::anErrorIsWhole,
                        "Print {cniVersion, code, msg} on stdout, the version being that of the"
                                + " configuration.")
                .check(
                        "C18",
                        ErrorRows::badContainerIds,
                        "Check CNI_CONTAINERID: a letter or digit, then those and _ . -, else code"
                                + " 4.")
                .check(
                        "C19",
                        ErrorRows::badInterfaceNames,
                        "Check CNI_IFNAME: 1 to 15 characters, not . or .., no / : or space, else"
                                + " code 4.")
                .check(
                        "C20",
                        ErrorRows::missingVariables,
                        "Name every variable that is missing in msg, with code 4.")
                .check(
                        "C21",
                        ErrorRows::anUnknownCommand,
                        "Answer a CNI_COMMAND that you do not know with code 4.")
                .check(
                        "C22",
                        ErrorRows::inputThatCannotBeRead,
                        "Answer with code 5 where reading stdin fails.")
                .check(
                        "C23",
                        ErrorRows::inputThatIsNoConfiguration,
                        "Answer with code 6 where stdin is no JSON object.")
                .check(
                        "C24",
                        ErrorRows::networkNames,
                        "Answer with code 7 where name is missing or is no identifier.")
                .check(
                        "C25",
                        ErrorRows::anUnknownVersion,
                        "Answer with code 1 where the configuration's cniVersion is none of yours.")
                .check(
                        "C26",
                        ErrorRows::codesAreOfTheSpecification,
                        "Use the specification's codes below 100, and your own from 100.");
    }

    private static void anErrorIsWhole(Trial trial) {
        CniError error = unknownCommand(trial);
        Unmet.unless(
                !error.cniVersion().isEmpty(),
                "the error has no cniVersion: %s".formatted(error.json()));
        Unmet.unless(
                error.cniVersion().equals(trial.version().toString()),
                "the error has cniVersion %s, where the configuration has %s"
                        .formatted(error.cniVersion(), trial.version()));
    }

    private static CniError unknownCommand(Trial trial) {
        return trial.call(trial.addCall(trial.pod()).with(PluginCall.COMMAND, "SUITE"))
                .refused("an unknown command");
    }

    private static void badContainerIds(Trial trial) {
        PluginCall call = trial.addCall(trial.pod());
        for (String id : List.of("../escape", "-leading", "with space", "semi;colon")) {
            trial.call(call.with(PluginCall.CONTAINER, id))
                    .refused(4, "the container id \"%s\"".formatted(id));
        }
    }

    private static void badInterfaceNames(Trial trial) {
        PluginCall call = trial.addCall(trial.pod());
        for (String name : List.of("sixteen-letters-", ".", "..", "a/b", "a:b", "a b")) {
            trial.call(call.with(PluginCall.IFNAME, name))
                    .refused(4, "the interface name \"%s\"".formatted(name));
        }
    }

    private static void missingVariables(Trial trial) {
        PluginCall add = trial.addCall(trial.pod());
        lacks(trial, add, PluginCall.COMMAND);
        lacks(trial, add, PluginCall.CONTAINER, PluginCall.IFNAME);
        lacks(trial, add, PluginCall.NETNS);
        lacks(trial, add.with(PluginCall.COMMAND, "DEL"), PluginCall.CONTAINER, PluginCall.IFNAME);
    }

    private static void lacks(Trial trial, PluginCall call, String... variables) {
        PluginCall lacking = call;
        for (String variable : variables) {
            lacking = lacking.without(variable);
        }
        String missing = String.join(" and ", variables);
        CniError error = trial.call(lacking).refused(4, missing + " missing");
        for (String variable : variables) {
            Unmet.unless(
                    error.msg().contains(variable),
                    "%s of %s is missing, and the error does not name it: %s"
                            .formatted(variable, missing, error));
        }
    }

    private static void anUnknownCommand(Trial trial) {
        trial.call(trial.addCall(trial.pod()).with(PluginCall.COMMAND, "SUITE"))
                .refused(4, "the command SUITE");
    }

    private static void inputThatCannotBeRead(Trial trial) {
        trial.callWithoutInput(trial.addCall(trial.pod())).refused(5, "unreadable input");
    }

    private static void inputThatIsNoConfiguration(Trial trial) {
        PluginCall call = trial.addCall(trial.pod());
        for (String input : List.of("{\"cniVersion\": ", "[]", "no JSON")) {
            trial.call(call.input(input)).refused(6, "the input " + input);
        }
    }

    private static void networkNames(Trial trial) {
        trial.config().put("name", "no/identifier");
        trial.call(trial.addCall(trial.pod())).refused(7, "the network name no/identifier");
        trial.config().remove("name");
        trial.call(trial.addCall(trial.pod())).refused(7, "a configuration without a name");
    }

    private static void anUnknownVersion(Trial trial) {
        trial.config().put("cniVersion", "99.0.0");
        trial.call(trial.addCall(trial.pod())).refused(1, "cniVersion 99.0.0");
    }

    private static void codesAreOfTheSpecification(Trial trial) {
        PluginCall add = trial.addCall(trial.pod());
        for (PluginCall wrong :
                List.of(
                        add.with(PluginCall.COMMAND, "SUITE"),
                        add.with(PluginCall.IFNAME, "a/b"),
                        add.with(PluginCall.NETNS, "/nowhere/at/all"),
                        add.input("no JSON"),
                        add.input(
                                "{\"cniVersion\": \"99.0.0\", \"name\": \"n\", \"type\":"
                                        + " \"t\"}"))) {
            if (trial.kind() == Kind.IPAM && wrong.environment().containsValue("/nowhere/at/all")) {
                continue;
            }
            CniError error = trial.call(wrong).refused("a call that is wrong");
            Unmet.unless(
                    CODES.contains(error.code()) || error.code() >= OWN,
                    "the error has a code that the specification reserves: %s".formatted(error));
        }
    }
}
