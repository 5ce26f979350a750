package io.patchbay.suite.cni;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.suite.plugin.CniError;
import io.patchbay.suite.plugin.Outcome;
import io.patchbay.suite.plugin.PluginCall;
import io.patchbay.suite.row.Checks;
import io.patchbay.suite.row.Inapplicable;
import io.patchbay.suite.row.Unmet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The configuration as written, what goes in and out of the process, and several at once.
final class ProcessRows {
    private static final int AT_ONCE = 8;
    private static final String UNKNOWN_KEY = "suiteUnknownKey";

    private ProcessRows() {}

    static void declare(Checks<Trial> checks) {
        checks.check(
                        "C10",
                        ProcessRows::theConfigurationHoldsNothingOfTheRuntime,
                        "Leave runtimeConfig, args and cni.dev/ keys to the runtime.")
                .check(
                        "C12",
                        ProcessRows::anUnknownKeyIsLetBeOrNamed,
                        "Ignore keys that you do not know, or refuse with code 2 and the key in"
                                + " msg.")
                .check(
                        "C14",
                        ProcessRows::stdoutHasTheResultAlone,
                        "Print one JSON object on stdout, and everything else on stderr.")
                .check(
                        "C15",
                        ProcessRows::theStatusTellsSuccess,
                        "Exit with 0 after a result, and with another status after an error.")
                .check(
                        "C17",
                        ProcessRows::theNodesOwnNamespaceIsRefused,
                        "Compare CNI_NETNS with your own network namespace before you change"
                                + " anything.")
                .check(
                        "C27",
                        ProcessRows::severalAtOnce,
                        "Lock what calls for different containers share.");
    }

    private static void theConfigurationHoldsNothingOfTheRuntime(Trial trial) {
        ObjectNode config = trial.subject().config();
        config.fieldNames()
                .forEachRemaining(key ->
                        Unmet.unless(
                                !key.equals("runtimeConfig")
                                        && !key.equals("args")
                                        && !key.startsWith("cni.dev/"),
                                "the configuration has the key %s, which is the runtime's"
                                        .formatted(key)));
    }

    private static void anUnknownKeyIsLetBeOrNamed(Trial trial) {
        trial.config().put(UNKNOWN_KEY, "suite");
        Pod pod = trial.pod();
        Outcome outcome = trial.call(trial.addCall(pod));
        if (outcome.isSuccess()) {
            outcome.result();
            return;
        }
        CniError error = outcome.refused(2, "the unknown key " + UNKNOWN_KEY);
        Unmet.unless(
                error.msg().contains(UNKNOWN_KEY),
                "the unknown key is refused without its name: %s".formatted(error));
    }

    private static void stdoutHasTheResultAlone(Trial trial) {
        ObjectNode result = trial.add(trial.pod());
        Unmet.unless(
                result.path("cniVersion").isTextual(),
                "the result of ADD has no cniVersion: %s".formatted(result));
    }

    private static void theStatusTellsSuccess(Trial trial) {
        Pod pod = trial.pod();
        ObjectNode result = trial.add(pod);
        trial.call(trial.delCall(pod, result)).succeeds();
        trial.call(trial.addCall(pod).with(PluginCall.IFNAME, "much-too-long-for-a-link"))
                .refused("an interface name of 24 letters");
    }

    /// A plugin that does not look makes its interface here, so a machine's own namespace is not
    /// tried.
    private static void theNodesOwnNamespaceIsRefused(Trial trial) {
        trial.only(Kind.INTERFACE);
        Inapplicable.unless(
                trial.node().isPrivate(), "it is not tried with this machine's own namespace");
        trial.call(trial.addCall(trial.pod()).with(PluginCall.NETNS, "/proc/self/ns/net"))
                .refused("CNI_NETNS is the namespace that the plugin itself is in");
    }

    private static void severalAtOnce(Trial trial) {
        List<Pod> pods = IntStream.range(0, AT_ONCE).mapToObj(_ -> trial.pod()).toList();
        List<ObjectNode> results =
                together(pods.stream().map(trial::addCall).map(call -> running(trial, call)))
                        .stream()
                        .map(Outcome::result)
                        .toList();
        Set<String> addresses = new HashSet<>();
        if (trial.kind() != Kind.CHAINED && !trial.ipam("host-local").isMissingNode()) {
            for (ObjectNode result : results) {
                for (String address : result.findValuesAsText("address")) {
                    Unmet.unless(
                            addresses.add(address), "two pods were given %s".formatted(address));
                }
            }
        }
        together(
                        IntStream.range(0, AT_ONCE)
                                .mapToObj(i -> trial.delCall(pods.get(i), results.get(i)))
                                .map(call -> running(trial, call)))
                .forEach(Outcome::succeeds);
    }

    private static Callable<Outcome> running(Trial trial, PluginCall call) {
        return () -> trial.call(call);
    }

    private static List<Outcome> together(Stream<Callable<Outcome>> calls) {
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            return threads.invokeAll(calls.toList()).stream().map(Future::resultNow).toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while plugins ran", e);
        }
    }
}
