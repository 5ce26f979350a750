package io.patchbay.cloud;

import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Makes a network namespace that nothing but its open file holds: it ends with the handle, and
/// with the process that has it, however that ends.
final class FreshNetns {
    private FreshNetns() {}

    static OpenNetns create() {
        try {
            Process maker =
                    new ProcessBuilder("unshare", "--net", "sh", "-c", "echo ready; exec cat")
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            // The maker ends when its input does.
            try (var _ = maker.getOutputStream();
                    var output =
                            new BufferedReader(
                                    new InputStreamReader(
                                            maker.getInputStream(), StandardCharsets.UTF_8))) {
                if (!"ready".equals(output.readLine())) {
                    throw new IllegalStateException(
                            "no network namespace could be made: root is needed");
                }
                return Kernel.ofThisMachine().open("/proc/" + maker.pid() + "/ns/net");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
