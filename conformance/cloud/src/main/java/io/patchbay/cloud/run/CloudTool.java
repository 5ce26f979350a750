package io.patchbay.cloud.run;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.spi.ToolProvider;
import picocli.CommandLine;

/// The command `cloud`, as the JDK finds commands.
public final class CloudTool implements ToolProvider {
    @Override
    public String name() {
        return "cloud";
    }

    @Override
    public Optional<String> description() {
        return Optional.of("Run a simulated EC2 with instance metadata, for any client.");
    }

    /// @return 0 when it is ended, 2 where the command line cannot be carried out
    @Override
    public int run(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new CloudCommand())
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof InterruptedException) {
                        Thread.currentThread().interrupt();
                        return CommandLine.ExitCode.OK;
                    }
                    command.getErr().println("patchbay: " + failure.getMessage());
                    return CommandLine.ExitCode.USAGE;
                })
                .execute(arguments);
    }
}
