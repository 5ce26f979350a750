package io.patchbay.kit.rig;

import io.patchbay.kit.snapshot.Witness;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// A network namespace of a test's own, without a name. It is held by a process that ends when its
/// input does, so nothing is left behind even if this JVM is killed.
public final class PrivateNetns implements AutoCloseable {
    /// Duplicate address detection is off, for a link-local address that settles a second later
    /// would look like a leak.
    private static final String HOLD =
            """
            ip link set lo up
            for which in all default; do echo 0 > /proc/sys/net/ipv6/conf/$which/accept_dad; done
            echo ready
            exec cat > /dev/null
            """;

    private final Process holder;

    private PrivateNetns(Process holder) {
        this.holder = holder;
    }

    public static PrivateNetns create() {
        try {
            Process holder =
                    new ProcessBuilder("unshare", "--net", "sh", "-c", HOLD)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            var output =
                    new BufferedReader(
                            new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
            if (!"ready".equals(output.readLine())) {
                throw new IllegalStateException(
                        "no network namespace could be made: root is needed");
            }
            return new PrivateNetns(holder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String path() {
        return "/proc/" + holder.pid() + "/ns/net";
    }

    public Witness witness() {
        return Witness.in(path());
    }

    /// Lets the namespace go; the kernel takes it down some time after.
    @Override
    public void close() {
        try {
            holder.getOutputStream().close();
            holder.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
