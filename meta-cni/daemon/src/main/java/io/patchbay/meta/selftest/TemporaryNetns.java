package io.patchbay.meta.selftest;

import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.NamespaceHolder;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.spi.net.Netns;
import java.util.List;

/// A network namespace without a name, for as long as a temporary pod needs it; it is gone when
/// this process is, however that ended.
record TemporaryNetns(NamespaceHolder holder, OpenNetns opened) implements AutoCloseable {
    static TemporaryNetns create(Kernel kernel) {
        NamespaceHolder holder = NamespaceHolder.unshare(List.of("--net"), "");
        return new TemporaryNetns(holder, kernel.open(holder.netns()));
    }

    /// CNI_NETNS.
    String path() {
        return holder.netns();
    }

    Netns netns() {
        return opened;
    }

    @Override
    public void close() {
        opened.close();
        holder.close();
    }
}
