package io.patchbay.meta.run;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `patchbay show vpc`, by the word that operators look for.
@Command(
        description = {
            "Show the node's elastic network interfaces and the addresses on them: which pod has"
                    + " them, and until when one cools.",
            "Short for `patchbay show vpc`. Needs root."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class EniCommand implements Callable<Integer> {
    private static final String TYPE = "vpc";

    @Mixin private final Output output = new Output();

    @Mixin private final Operator operator = new Operator();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        return ShowCommand.show(operator, TYPE, output, Objects.requireNonNull(spec));
    }
}
