package io.patchbay.bench;

import java.nio.file.Path;
import java.util.Map;

/// The reference plugins with host-local, one exec after the other, as Multus does it.
///
/// @param plugins the directory of their binaries
record ReferencePlugins(Path plugins, Side side) implements Subject {
    @Override
    public String name() {
        return "reference plugins";
    }

    @Override
    public void add(Pod pod, Course course) {
        for (int i = 0; i < course.interfaces(); i++) {
            call("ADD", pod, course.kind(), i);
        }
    }

    @Override
    public void del(Pod pod, Course course) {
        for (int i = course.interfaces() - 1; i >= 0; i--) {
            call("DEL", pod, course.kind(), i);
        }
    }

    private void call(String command, Pod pod, Kind kind, int position) {
        String ifname = position == 0 ? "eth0" : "net" + position;
        new Plugin(plugins.resolve(kind.type()), plugins, Map.of())
                .call(command, pod, ifname, side.config(kind, position));
    }
}
