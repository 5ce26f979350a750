package io.patchbay.meta.run;

import io.patchbay.meta.cni.CniReply;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.cni.JsonObject;
import io.patchbay.meta.desk.Desk;
import io.patchbay.meta.socket.Client;
import io.patchbay.meta.socket.Vigil;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a command finds the running daemon, and asks it at its desk.
final class Operator {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// A view does not wait long for a daemon that hangs.
    private static final Duration GLANCE = Duration.ofSeconds(5);

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "The configuration, which says where the daemon listens;"
                            + " /etc/patchbay/patchbay.yaml if it is there.")
    private @Nullable Path config;

    Settings settings() {
        return SettingsFile.read(Optional.ofNullable(config), System.getenv());
    }

    /// What ends when the daemon does.
    Vigil vigil() {
        return Client.vigil(settings().socket(), Map.of(Desk.COMMAND, Desk.ATTEND), GLANCE);
    }

    /// The answer's text. A refusal is thrown as it was told.
    String ask(Map<String, String> environment) {
        return ask(environment, PATIENCE);
    }

    /// @param patience what the answer may take
    String ask(Map<String, String> environment, Duration patience) {
        CniReply reply = Client.call(settings().socket(), environment, patience);
        String text = new String(reply.body(), StandardCharsets.UTF_8);
        if (reply.status() == 0) {
            return text;
        }
        JsonObject refusal =
                JsonObject.read("the daemon's answer", Json.decode("the daemon's answer", text));
        throw new CniException(
                ErrorCode.of(refusal.integer("code", 0, Integer.MAX_VALUE).orElse(0)),
                refusal.getString("msg"));
    }
}
