package io.patchbay.cluster;

import io.patchbay.kernel.NamespaceHolder;
import java.util.List;
import java.util.stream.Stream;

/// The network namespace of a test, as a place for servers.
final class Inside {
    private Inside() {}

    static NamespaceHolder namespace() {
        return NamespaceHolder.unshare(List.of("--net"), "ip link set lo up\n");
    }

    static Place of(NamespaceHolder namespace) {
        List<String> enter = List.of("nsenter", "-n", "-t", Long.toString(namespace.pid()), "--");
        return Place.inside(command -> Stream.concat(enter.stream(), command.stream()).toList());
    }
}
