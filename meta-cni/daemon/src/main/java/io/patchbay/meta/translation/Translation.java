package io.patchbay.meta.translation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// The configuration of another plugin in our words.
///
/// @param remarks what differs, a sentence each
/// @param settings the content of a patchbay.yaml
public record Translation(List<String> remarks, ObjectNode settings) {
    public Translation {
        remarks = List.copyOf(remarks);
    }
}
