package io.patchbay.suite;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.spi.ToolProvider;
import picocli.CommandLine;

/// The command `conformance`, as the JDK finds commands.
public final class ConformanceTool implements ToolProvider {
    @Override
    public String name() {
        return "conformance";
    }

    @Override
    public Optional<String> description() {
        return Optional.of("Certify a CNI plugin, any binary, from outside.");
    }

    /// @return 0 where all MUST are kept, 1 where one is not, 2 where the command is misused
    @Override
    public int run(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new ConformanceCommand())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof Misuse || failure instanceof IllegalStateException) {
                        command.getErr().println("patchbay: " + failure.getMessage());
                        return CommandLine.ExitCode.USAGE;
                    }
                    throw failure;
                })
                .execute(arguments);
    }
}
