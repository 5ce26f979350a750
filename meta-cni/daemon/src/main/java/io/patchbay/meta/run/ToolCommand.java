package io.patchbay.meta.run;

import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.spi.ToolProvider;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// A command that another module of ours brings, and that reads its own arguments.
@Command
final class ToolCommand implements Callable<Integer> {
    private final ToolProvider tool;

    @Spec private @Nullable CommandSpec spec;

    @Parameters(arity = "0..*", hidden = true)
    private List<String> arguments = List.of();

    private ToolCommand(ToolProvider tool) {
        this.tool = tool;
    }

    /// Adds all that are on the class path. The JDK has tools of its own there, which are not
    /// meant.
    static void addTo(CommandLine patchbay) {
        for (ToolProvider tool : ServiceLoader.load(ToolProvider.class)) {
            if (tool.getClass().getPackageName().startsWith("io.patchbay.")) {
                CommandLine command =
                        new CommandLine(new ToolCommand(tool))
                                .setUnmatchedOptionsArePositionalParams(true);
                tool.description()
                        .ifPresent(
                                said -> command.getCommandSpec().usageMessage().description(said));
                patchbay.addSubcommand(tool.name(), command);
            }
        }
    }

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        return tool.run(command.getOut(), command.getErr(), arguments.toArray(String[]::new));
    }
}
