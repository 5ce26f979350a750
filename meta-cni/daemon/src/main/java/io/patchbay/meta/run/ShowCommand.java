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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Shows the tables of the running daemon's delegates.
@Command(
        description =
                "Show what the delegates of the running daemon have: links, addresses, owners."
                        + " Needs root.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ShowCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "TYPE",
            description = "One delegate, such as vpc; all of them without it.")
    private String type = "";

    @Mixin private final Output output = new Output();

    @Mixin private final Operator operator = new Operator();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        return show(operator, type, output, Objects.requireNonNull(spec));
    }

    /// 1 where a delegate could not be asked.
    static int show(Operator operator, String type, Output output, CommandSpec spec) {
        return print(operator.ask(Map.of(Desk.COMMAND, Desk.SHOW, Desk.TYPE, type)), output, spec);
    }

    /// Of what the desk has said.
    static int print(String json, Output output, CommandSpec spec) {
        ShownTables shown = ShownTables.read(json);
        PrintWriter out = spec.commandLine().getOut();
        out.print(output.isJson() ? json : shown.text());
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        shown.problems().forEach(problem -> err.println("patchbay: " + problem));
        return shown.problems().isEmpty() ? 0 : 1;
    }
}
