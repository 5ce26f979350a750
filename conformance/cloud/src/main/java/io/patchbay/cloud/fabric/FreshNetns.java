package io.patchbay.cloud.fabric;

import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.NamespaceHolder;
import io.patchbay.kernel.OpenNetns;
import java.util.List;

/// Makes a network namespace that nothing but its open file holds: it ends with the handle, and
/// with the process that has it, however that ends.
public final class FreshNetns {
    private FreshNetns() {}

    public static OpenNetns create() {
        try (NamespaceHolder maker = NamespaceHolder.unshare(List.of("--net"), "")) {
            return Kernel.ofThisMachine().open(maker.netns());
        }
    }
}
