package io.patchbay.meta.run;

import io.patchbay.meta.desk.Desk;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Prints what the running daemon counts.
@Command(
        description =
                "Print what the running daemon counts, in Prometheus' text format. Needs root.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class MetricsCommand implements Callable<Integer> {
    @Mixin private final Operator operator = new Operator();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.print(operator.ask(Map.of(Desk.COMMAND, Desk.METRICS)));
        out.flush();
        return 0;
    }
}
