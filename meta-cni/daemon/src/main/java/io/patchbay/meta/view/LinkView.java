package io.patchbay.meta.view;

import io.patchbay.spi.net.Link;
import java.util.Optional;

/// A link of a pod, and what it is plugged into.
record LinkView(Link link, Optional<Parent> parent) {
    /// What a link is plugged into: the link below it, the bridge that its peer is a port of, or a
    /// virtual function's physical one.
    ///
    /// @param port the peer on that bridge, or which virtual function it is; may be empty
    record Parent(String name, Side side, String port) {
        @Override
        public String toString() {
            String place = side == Side.POD ? name + " in the pod" : name;
            return port.isEmpty() ? place : "%s (%s)".formatted(place, port);
        }
    }
}
