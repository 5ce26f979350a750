package io.patchbay.meta.selftest;

import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.spi.net.Netns;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// A network namespace without a name, held by a child process that ends with its input: so it is
/// gone when this process is, however that ended.
final class TemporaryNetns implements AutoCloseable {
    private static final String READY = "ready";

    private final Process holder;
    private final OpenNetns netns;

    private TemporaryNetns(Process holder, OpenNetns netns) {
        this.holder = holder;
        this.netns = netns;
    }

    static TemporaryNetns create(Kernel kernel) {
        try {
            Process holder =
                    new ProcessBuilder(
                                    "unshare", "--net", "sh", "-c", "echo " + READY + "; exec cat")
                            .start();
            var output =
                    new BufferedReader(
                            new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
            if (!READY.equals(output.readLine())) {
                throw new IOException("unshare made no network namespace: run as root");
            }
            return new TemporaryNetns(holder, kernel.open(path(holder)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String path(Process holder) {
        return "/proc/%d/ns/net".formatted(holder.pid());
    }

    /// CNI_NETNS.
    String path() {
        return path(holder);
    }

    Netns netns() {
        return netns;
    }

    @Override
    public void close() {
        netns.close();
        holder.destroy();
    }
}
