package io.patchbay.userspace;

import io.patchbay.spi.cni.DeviceInfo;
import io.patchbay.spi.net.MacAddress;
import java.util.Optional;
import java.util.OptionalInt;

/// What one attachment is on its wire. Journaled.
///
/// @param told the key and its value that say so, as messages have them
/// @param server whether the container makes the socket; the other end connects to it
/// @param id which of several interfaces on one socket; empty where there can be only one
/// @param frames what goes over the wire, the same at both ends; empty where that is no choice
record End(String told, boolean server, OptionalInt id, String frames) {

    /// A network's configuration that says which end its pods are.
    interface Config {
        Optional<String> wire();

        Optional<String> volume();

        Optional<String> mountPath();

        Optional<String> socketFile();

        /// The socket's name where the configuration gives none.
        String usualFile();

        Optional<String> owner();

        Optional<String> directoryMode();

        Optional<String> selinuxLabel();

        default Wiring wiring() {
            return Wiring.of(
                    wire(),
                    volume(),
                    mountPath(),
                    socketFile(),
                    usualFile(),
                    owner(),
                    directoryMode(),
                    selinuxLabel());
        }

        End end();

        Optional<MacAddress> mac();

        /// @param path of the socket, as the container sees it
        DeviceInfo device(String path);
    }

    /// Why both cannot be on one wire, or nothing.
    Optional<String> conflict(End other) {
        if (server && other.server) {
            return Optional.of("one end alone makes the socket");
        }
        if (!server && !other.server && id.equals(other.id)) {
            return Optional.of(
                    id.isPresent()
                            ? "both connect as interface %d, give one another \"id\""
                                    .formatted(id.getAsInt())
                            : "one end alone connects to the socket");
        }
        if (!frames.equals(other.frames)) {
            return Optional.of(
                    "one end speaks %s and the other %s".formatted(frames, other.frames));
        }
        return Optional.empty();
    }
}
