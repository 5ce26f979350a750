package io.patchbay.meta.run;

import io.patchbay.kernel.probe.Finding;
import io.patchbay.meta.probe.Probes;
import io.patchbay.meta.probe.Verdict;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Asks at a vhost-user socket.
@Command(
        description = {
            "Tell whether a vhost-user socket is usable, or why not: whoever listens there is asked for its features, and left.",
            "It ends with 1 where the socket is not. Functions on vfio-pci are probed by `patchbay vf --probe`."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ProbeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SOCKET", description = "The path of the socket, as the host has it.")
    private @Nullable Path socket;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Finding finding = Probes.ofThisMachine().vhostUser(Objects.requireNonNull(socket));
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println(Verdict.line(finding));
        out.flush();
        return Verdict.status(finding);
    }
}
