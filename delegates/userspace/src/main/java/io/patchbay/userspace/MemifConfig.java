package io.patchbay.userspace;

import io.patchbay.spi.cni.DeviceInfo;
import io.patchbay.spi.net.MacAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// A network of type `memif`.
///
/// @param role as device-info has it. `master`: the container makes the socket; `slave`: the host
///   does, or the pod at the other end of the wire
/// @param mode what goes over it: `ethernet`, `ip` or `inject-punt`
/// @param id of the interface on the socket, which both ends give
/// @param owner user and group of the directory, as `1000:1000`
/// @param directoryMode in octal
/// @param mac told to the pod, whose application sets it
record MemifConfig(
        Optional<String> role,
        Optional<String> mode,
        long id,
        Optional<String> wire,
        Optional<String> volume,
        Optional<String> mountPath,
        Optional<String> socketFile,
        Optional<String> owner,
        Optional<String> directoryMode,
        Optional<String> selinuxLabel,
        Optional<MacAddress> mac)
        implements End.Config {
    private static final String MASTER = "master";
    private static final String ETHERNET = "ethernet";
    private static final String SOCKET_FILE = "memif.sock";
    private static final Set<String> ROLES = Set.of(MASTER, "slave");
    private static final Set<String> MODES = Set.of(ETHERNET, "ip", "inject-punt");

    MemifConfig {
        if (!ROLES.contains(role.orElse(""))) {
            throw new IllegalArgumentException(
                    "\"role\" is \"%s\": it is master or slave, master where the container makes the socket"
                            .formatted(role.orElse("")));
        }
        if (!MODES.contains(mode.orElse(ETHERNET))) {
            throw new IllegalArgumentException(
                    "\"mode\" is \"%s\": it is ethernet, ip or inject-punt".formatted(mode.get()));
        }
        if (id < 0 || id > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "\"id\" is %d: it is 0 to %d".formatted(id, Integer.MAX_VALUE));
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
        String said = role.orElseThrow();
        return new End(
                "\"role\": \"%s\"".formatted(said),
                said.equals(MASTER),
                OptionalInt.of((int) id),
                mode.orElse(ETHERNET));
    }

    @Override
    public DeviceInfo device(String path) {
        return new DeviceInfo.Memif(role.orElseThrow(), path, mode.orElse(ETHERNET), (int) id);
    }
}
