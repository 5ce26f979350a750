package io.patchbay.meta.run;

import io.patchbay.meta.cni.Json;
import io.patchbay.meta.cni.JsonObject;
import io.patchbay.meta.desk.Desk;
import io.patchbay.meta.view.Health;
import io.patchbay.meta.view.SandboxView;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Has the running daemon CHECK the attachments of sandboxes, one sandbox after the other.
final class Checkup {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String WHAT = "the daemon's answer";

    private final Operator operator;

    /// Once the daemon is found to be away it is not asked again: each time might take the
    /// patience.
    private Optional<Health> away = Optional.empty();

    private Checkup(Operator operator) {
        this.operator = operator;
    }

    static List<SandboxView> of(List<SandboxView> views, Operator operator) {
        Checkup checkup = new Checkup(operator);
        return views.stream().map(checkup::of).toList();
    }

    private SandboxView of(SandboxView view) {
        if (away.isPresent()) {
            return view.with(_ -> away.get());
        }
        try {
            Map<String, Health> found = ask(view.sandbox().plan().containerId());
            return view.with(
                    name -> found.getOrDefault(name, Health.unknown("the daemon did not tell")));
        } catch (CniException e) {
            Health all = health(e);
            return view.with(_ -> all);
        }
    }

    private Map<String, Health> ask(String containerId) {
        String answer =
                operator.ask(
                        Map.of(Desk.COMMAND, Desk.CHECK, Desk.CONTAINER, containerId), PATIENCE);
        Map<String, Health> found = new HashMap<>();
        JsonObject json = JsonObject.read(WHAT, Json.decode(WHAT, answer));
        for (JsonObject network : json.objects("networks")) {
            found.put(network.getString("interface"), health(network));
        }
        return found;
    }

    private static Health health(JsonObject network) {
        Optional<String> problem = network.string("problem");
        if (problem.isEmpty()) {
            return network.bool("checked").orElse(true) ? Health.OK : Health.DISABLED;
        }
        int code = network.integer("code", 0, Integer.MAX_VALUE).orElse(0);
        return code == Standard.TRY_AGAIN_LATER.value()
                ? Health.unknown(problem.get())
                : Health.wrong(problem.get());
    }

    /// Of a CHECK that was not begun.
    private Health health(CniException refusal) {
        String reason = String.valueOf(refusal.getMessage());
        if (refusal.code() instanceof Standard code) {
            switch (code) {
                case TRY_AGAIN_LATER -> {
                    return Health.busy(reason);
                }
                case IO_FAILURE -> {
                    Health unknown = Health.unknown("the daemon does not answer: " + reason);
                    away = Optional.of(unknown);
                    return unknown;
                }
                case INVALID_ENVIRONMENT, INTERNAL -> {
                    return Health.unknown(reason);
                }
                default -> {}
            }
        }
        return Health.wrong(reason);
    }
}
