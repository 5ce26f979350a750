package io.patchbay.meta.run;

import io.patchbay.meta.attach.AttachedNetwork;
import io.patchbay.meta.cni.CniCommand;
import io.patchbay.meta.cni.CniRequest;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The one line that the log has of a request: verb, pod, container, time taken, outcome. It is
/// counted by the way.
final class RequestLog {
    private static final Logger LOG = System.getLogger("io.patchbay.requests");
    // As much of a container's id as runtimes print.
    private static final int SHORT_ID = 13;

    // Of a request that cannot be decoded.
    private static final String UNKNOWN = "unknown";

    private final RequestMeters meters;
    private final long start = System.nanoTime();
    private String title = "a request";
    private String outcome = "done";
    private Level level = Level.INFO;
    private Optional<CniRequest> call = Optional.empty();

    private RequestLog(RequestMeters meters) {
        this.meters = meters;
    }

    static RequestLog start(RequestMeters meters) {
        return new RequestLog(meters);
    }

    /// The request, once it is known what it is.
    Optional<CniRequest> call() {
        return call;
    }

    void about(CniRequest call) {
        this.call = Optional.of(call);
        StringBuilder text = new StringBuilder(call.command().toString());
        String name = call.args().getOrDefault("K8S_POD_NAME", "");
        if (!name.isEmpty()) {
            text.append(' ').append(call.args().getOrDefault("K8S_POD_NAMESPACE", ""));
            text.append('/').append(name);
        }
        String id = call.containerId();
        if (!id.isEmpty()) {
            text.append(" of ").append(id, 0, Math.min(id.length(), SHORT_ID));
        }
        title = text.toString();
        // A runtime asks every few seconds.
        boolean routine =
                call.command() == CniCommand.STATUS || call.command() == CniCommand.VERSION;
        level = routine ? Level.DEBUG : Level.INFO;
    }

    void attached(List<AttachedNetwork> networks) {
        outcome = networks.stream().map(RequestLog::describe).collect(Collectors.joining("; "));
    }

    private static String describe(AttachedNetwork network) {
        String addresses =
                network.result().ips().stream()
                        .map(CniResult.Ip::address)
                        .map(Object::toString)
                        .collect(Collectors.joining(" "));
        return "%s %s (%s)"
                .formatted(
                        network.attachment().id().ifName(),
                        addresses.isEmpty() ? "without address" : addresses,
                        network.attachment().title());
    }

    void succeeded() {
        String millis = end(0);
        LOG.log(level, "{0} in {1} ms: {2}", title, millis, outcome);
    }

    /// A bug is logged with its stack, a refusal with its words.
    void failed(RuntimeException failure) {
        if (failure instanceof CniException refusal) {
            String millis = end(refusal.code().value());
            String details = refusal.details().isEmpty() ? "" : " (" + refusal.details() + ")";
            LOG.log(
                    Level.WARNING,
                    "{0} in {1} ms: refused with {2}: {3}{4}",
                    title,
                    millis,
                    Integer.toString(refusal.code().value()),
                    refusal.getMessage(),
                    details);
        } else {
            String millis = end(Standard.INTERNAL.value());
            LOG.log(Level.ERROR, title + " in " + millis + " ms: a bug", failure);
        }
    }

    /// How long it took, in milliseconds.
    private String end(int code) {
        long took = System.nanoTime() - start;
        meters.count(call.map(it -> it.command().toString()).orElse(UNKNOWN), code, took);
        return Long.toString(took / 1_000_000);
    }
}
