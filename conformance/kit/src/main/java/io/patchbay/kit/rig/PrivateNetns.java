package io.patchbay.kit.rig;

import io.patchbay.kernel.NamespaceHolder;
import io.patchbay.kit.snapshot.Witness;
import java.nio.file.Path;
import java.util.List;

/// A network namespace of a test's own, without a name. It is held by a {@link NamespaceHolder}.
public final class PrivateNetns implements AutoCloseable {
    /// Duplicate address detection is off, for a link-local address that settles a second later
    /// would look like a leak.
    private static final String SET_UP =
            """
            ip link set lo up
            for which in all default; do echo 0 > /proc/sys/net/ipv6/conf/$which/accept_dad; done
            """;

    private final NamespaceHolder holder;

    private PrivateNetns(List<String> namespaces) {
        holder = NamespaceHolder.unshare(namespaces, SET_UP);
    }

    public static PrivateNetns create() {
        return new PrivateNetns(List.of("--net"));
    }

    /// With a mount namespace beside it, whose mounts nobody else sees.
    static PrivateNetns withMounts() {
        return new PrivateNetns(List.of("--net", "--mount", "--propagation", "private"));
    }

    /// The process that holds it, as /proc has it.
    Path holder() {
        return Path.of("/proc", Long.toString(holder.pid()));
    }

    public String path() {
        return holder.netns();
    }

    public Witness witness() {
        return Witness.in(path());
    }

    /// Lets the namespace go; the kernel takes it down some time after.
    @Override
    public void close() {
        holder.close();
    }
}
