package io.patchbay.suite.plugin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.process.Child;
import io.patchbay.suite.row.Unmet;

/// How a call of the plugin came to its end. What a check asks of it and is not so ends the check.
public record Outcome(PluginCall call, Child.Ending ending) {
    private static final int SIGNAL = 128;
    private static final int LAST_SIGNAL = SIGNAL + 64;
    private static final String CODE = "code";

    private String name() {
        String command = call.command().isEmpty() ? "a call without a command" : call.command();
        String ifName = call.environment().getOrDefault(PluginCall.IFNAME, "");
        return ifName.isEmpty() ? command : command + " of " + ifName;
    }

    /// Demands an end of the plugin's own making, and returns it.
    private Child.Exited exited() {
        return switch (ending) {
            case Child.Killed(Child.Reason reason, String complaint) ->
                    throw new Unmet(name() + " " + killed(reason, complaint));
            case Child.Exited exited -> {
                Unmet.unless(
                        exited.status() <= SIGNAL || exited.status() > LAST_SIGNAL,
                        "%s was ended by signal %d%s"
                                .formatted(
                                        name(),
                                        exited.status() - SIGNAL,
                                        told(exited.complaint())));
                yield exited;
            }
        };
    }

    private static String killed(Child.Reason reason, String complaint) {
        return switch (reason) {
            case OVERDUE -> "did not end in time, and was killed" + told(complaint);
            case INTERRUPTED -> "was interrupted";
            case FLOODED ->
                    "printed more than %d MiB, and was killed".formatted(Child.MOST_OUTPUT >> 20);
            case UNSTARTABLE -> "cannot be started: " + complaint;
        };
    }

    private static String told(String complaint) {
        return complaint.isBlank() ? "" : "; on stderr: " + StrictJson.excerpt(complaint);
    }

    public boolean isSuccess() {
        return ending instanceof Child.Exited exited && exited.status() == 0;
    }

    /// Demands exit status 0 without an error on stdout.
    public Outcome succeeds() {
        Child.Exited exited = exited();
        Unmet.unless(
                exited.status() == 0,
                "%s is to succeed, and ended with %d: %s%s"
                        .formatted(
                                name(),
                                exited.status(),
                                refusal(exited),
                                told(exited.complaint())));
        return this;
    }

    /// What a failed call printed, as well as it can be read.
    private String refusal(Child.Exited exited) {
        try {
            return error(exited).toString();
        } catch (Unmet e) {
            return String.valueOf(e.getMessage());
        }
    }

    /// Demands success and one JSON object that is no error, and returns it.
    public ObjectNode result() {
        succeeds();
        ObjectNode result = StrictJson.object("stdout of " + name(), exited().output());
        Unmet.unless(
                !(result.has(CODE) && result.has("msg")),
                "%s ended with 0 and printed an error: %s"
                        .formatted(name(), StrictJson.excerpt(result.toString())));
        return result;
    }

    /// Demands success and an empty stdout.
    public Outcome succeedsSilently() {
        succeeds();
        Unmet.unless(
                exited().output().isBlank(),
                "%s printed %s, where nothing is expected"
                        .formatted(name(), StrictJson.excerpt(exited().output())));
        return this;
    }

    /// Demands a status other than 0 and a well-formed error.
    public CniError refused(String because) {
        Child.Exited exited = exited();
        Unmet.unless(
                exited.status() != 0,
                "%s is to fail, for %s, and succeeded".formatted(name(), because));
        return error(exited);
    }

    /// Demands an error of a code.
    public CniError refused(int code, String because) {
        CniError error = refused(because);
        Unmet.unless(
                error.code() == code,
                "%s is to fail with code %d, for %s, and failed with %s"
                        .formatted(name(), code, because, error));
        return error;
    }

    private CniError error(Child.Exited exited) {
        String what = "the error of " + name();
        return CniError.of(what, StrictJson.object(what + " on stdout", exited.output()));
    }
}
