package io.patchbay.bench;

import io.patchbay.e2e.node.Installation;
import java.nio.file.Path;
import java.util.Map;

/// Patchbay through its plugin binary. Its daemon has its places in the directory of its side.
///
/// @param name what the report calls it
record Patchbay(String name, Side side) implements OneCall {
    private static final Path NO_PLUGINS = Path.of("/nowhere");
    private static final String CONFIG =
            """
            {"cniVersion": "1.1.0", "name": "patchbay", "type": "patchbay"}
            """;

    @Override
    public void call(String command, Pod pod, Course course) {
        Map<String, String> places = Installation.places(side.directory());
        new Plugin(Installation.plugin(), NO_PLUGINS, places)
                .about(side.name(), course.pod())
                .call(command, pod, "eth0", CONFIG);
    }
}
