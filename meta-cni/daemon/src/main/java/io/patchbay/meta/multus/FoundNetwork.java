package io.patchbay.meta.multus;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Optional;

/// What a name or path in Multus' configuration stands for.
///
/// @param what how people know it: `NetworkAttachmentDefinition kube-system/main`, a file
/// @param file empty for a definition
record FoundNetwork(String what, Optional<Path> file, ObjectNode config) {
    boolean isDefinition() {
        return file.isEmpty();
    }
}
