package io.patchbay.userspace;

import io.patchbay.spi.cni.DeviceInfo;
import io.patchbay.spi.net.MacAddress;
import java.util.Optional;
import java.util.OptionalInt;

/// A network of type `vhost-user`.
///
/// @param mode as device-info has it. `client`: the host makes the socket, or the pod at the other
///   end of the wire; `server`: the container does
/// @param owner user and group of the directory, as `1000:1000`
/// @param directoryMode in octal
/// @param mac told to the pod, whose application sets it
record VhostUserConfig(
        Optional<String> mode,
        Optional<String> wire,
        Optional<String> volume,
        Optional<String> mountPath,
        Optional<String> socketFile,
        Optional<String> owner,
        Optional<String> directoryMode,
        Optional<String> selinuxLabel,
        Optional<MacAddress> mac)
        implements End.Config {
    private static final String SERVER = "server";
    private static final String SOCKET_FILE = "vhost.sock";

    VhostUserConfig {
        String said = mode.orElse("");
        if (!said.equals("client") && !said.equals(SERVER)) {
            throw new IllegalArgumentException(
                    "\"mode\" is \"%s\": it is client or server, server where the container makes the socket"
                            .formatted(said));
        }
        Wiring _ =
                Wiring.of(
                        wire,
                        volume,
                        mountPath,
                        socketFile,
                        SOCKET_FILE,
                        owner,
                        directoryMode,
                        selinuxLabel);
    }

    @Override
    public String usualFile() {
        return SOCKET_FILE;
    }

    @Override
    public End end() {
        String said = mode.orElseThrow();
        return new End(
                "\"mode\": \"%s\"".formatted(said), said.equals(SERVER), OptionalInt.empty(), "");
    }

    @Override
    public DeviceInfo device(String path) {
        return new DeviceInfo.VhostUser(mode.orElseThrow(), path);
    }
}
