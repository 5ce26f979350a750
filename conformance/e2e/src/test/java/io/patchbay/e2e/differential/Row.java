package io.patchbay.e2e.differential;

import java.util.List;

/// A row of the table: what is attached, on a node of which kind.
///
/// @param name a sentence without its subject, a plugin
/// @param links the commands that make the node's links
/// @param pods one after the other, all on the one node
record Row(String name, boolean stockKernel, String links, List<Wish> pods) {
    Row {
        pods = List.copyOf(pods);
    }
}
