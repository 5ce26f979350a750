package io.patchbay.examples.dpdk;

import io.patchbay.dpdk.Port;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Whether ports have a link, as it was told last.
final class Links {
    private final List<Port> ports;
    private final Map<Port, Boolean> told = new HashMap<>();

    Links(List<Port> ports) {
        this.ports = ports;
    }

    /// Prints what is new.
    void tell(PrintWriter out) {
        for (Port port : ports) {
            boolean up = port.link().up();
            Boolean before = told.put(port, up);
            if (before == null || before != up) {
                out.printf("%s: link %s%n", port.name(), up ? "up" : "down");
            }
        }
    }
}
