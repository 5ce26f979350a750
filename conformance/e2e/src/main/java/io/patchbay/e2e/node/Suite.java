package io.patchbay.e2e.node;

import io.patchbay.kit.rig.NodeNamespace;
import io.patchbay.kit.snapshot.Witness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `patchbay conformance` of the installed tree, run on a node.
public final class Suite {
    private final NodeNamespace node;
    private final Map<String, String> places;

    /// @param places what a plugin that is certified finds in its environment, such as
    ///   PATCHBAY_SOCKET
    public Suite(NodeNamespace node, Map<String, String> places) {
        this.node = node;
        this.places = Map.copyOf(places);
    }

    /// How it ended, and what it printed on both streams.
    public Witness.Said certify(List<String> arguments) {
        List<String> line = new ArrayList<>(List.of("env"));
        places.forEach((key, value) -> line.add(key + "=" + value));
        line.add(Checkout.dist().resolve("bin/patchbay").toString());
        line.add("conformance");
        line.addAll(arguments);
        return Witness.here().attempt(node.enter(line).toArray(String[]::new));
    }
}
