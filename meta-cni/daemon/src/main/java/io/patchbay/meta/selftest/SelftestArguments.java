package io.patchbay.meta.selftest;

import io.patchbay.meta.cni.CniRequest;
import io.patchbay.meta.plan.NetworkSelection;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.util.Map;
import java.util.Optional;

/// How a self-test tells the daemon which network its pod is for: by a pair of CNI_ARGS, for there
/// is no pod object whose annotation could say it.
///
/// It opens no door: whoever reaches the socket is root on this node and makes links without us.
/// Pods have no say in CNI_ARGS; and lest a runtime that lets them passes one on, it is taken for
/// containers of a self-test only, whose ids no runtime makes, and for no pod of a cluster.
public final class SelftestArguments {
    /// What the container ids of self-tests begin with. Runtimes of Kubernetes make ids of hex
    /// digits.
    static final String PREFIX = "selftest-";

    static final String KEY = "PATCHBAY_SELFTEST_NETWORK";

    private SelftestArguments() {}

    /// The CNI_ARGS of a self-test's calls.
    static String of(Optional<NetworkSelection> network) {
        return "IgnoreUnknown=1" + network.map(one -> ";%s=%s".formatted(KEY, one)).orElse("");
    }

    /// The network that a self-test asks for instead of the default network. Refuses with 4 whoever
    /// else asks for one this way.
    public static Optional<NetworkSelection> network(CniRequest add) {
        Map<String, String> args = add.args();
        String text = args.get(KEY);
        if (text == null) {
            return Optional.empty();
        }
        if (!add.containerId().startsWith(PREFIX)
                || args.containsKey("K8S_POD_NAME")
                || args.containsKey("K8S_POD_NAMESPACE")) {
            throw refusal(
                    "only `patchbay selftest` may ask by it, for no pod and a CNI_CONTAINERID that begins with \"%s\": this is \"%s\""
                            .formatted(PREFIX, add.containerId()));
        }
        int slash = text.indexOf('/');
        if (slash < 1 || slash == text.length() - 1) {
            throw refusal("\"%s\" names no network: write NAMESPACE/NAME".formatted(text));
        }
        return Optional.of(
                NetworkSelection.of(text.substring(0, slash), text.substring(slash + 1)));
    }

    private static CniException refusal(String sentence) {
        return new CniException(
                Standard.INVALID_ENVIRONMENT, "CNI_ARGS, %s: %s".formatted(KEY, sentence));
    }
}
