package io.patchbay.e2e.differential;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// What a runtime is asked to attach to a pod.
///
/// @param network its name
/// @param plugins of its list, in order
/// @param args for CNI_ARGS; may be empty
/// @param runtimeConfig what the runtime offers by capability
/// @param links the commands that make what the pod has before
record Wish(
        String network,
        String version,
        List<ObjectNode> plugins,
        String args,
        ObjectNode runtimeConfig,
        String links) {
    Wish {
        plugins = List.copyOf(plugins);
    }

    boolean hasCheck() {
        return !version.equals("0.3.1");
    }
}
