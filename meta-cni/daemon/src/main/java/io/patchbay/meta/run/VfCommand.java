package io.patchbay.meta.run;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `patchbay show sriov`, by the word that operators look for.
@Command(
        name = "vf",
        description = {
            "Show the SR-IOV functions of the node and what became of those that patchbay.yaml declares: driver, link, NUMA node, whether vfio can have it, and which pod does.",
            "Short for `patchbay show sriov`. Needs root."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class VfCommand implements Callable<Integer> {
    private static final String TYPE = "sriov";

    @Option(names = "--output", paramLabel = "FORMAT", description = "table (the default) or json.")
    private ShowCommand.Output output = ShowCommand.Output.TABLE;

    @Mixin private final Operator operator = new Operator();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        return ShowCommand.show(operator, TYPE, output, Objects.requireNonNull(spec));
    }
}
