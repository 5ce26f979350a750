package io.patchbay.meta.run;

import io.patchbay.spi.cni.CniException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The one command, `patchbay`.
@Command(
        name = "patchbay",
        description = "A meta-CNI for pods with several networks.",
        subcommands = {
            DaemonCommand.class,
            ValidateCommand.class,
            ExplainCommand.class,
            StatusCommand.class,
            ShowCommand.class,
            EniCommand.class,
            VfCommand.class,
            ProbeCommand.class,
            MetricsCommand.class,
            SelftestCommand.class,
            ImportCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "PATCHBAY_SOCKET and PATCHBAY_STATE override the places in the configuration;",
            "PATCHBAY_LOG is the level of the log: ERROR, WARN, INFO (the default), DEBUG."
        })
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine patchbay = new CommandLine(new Main());
        ToolCommand.addTo(patchbay);
        patchbay.setCaseInsensitiveEnumValuesAllowed(true);
        return patchbay.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println("patchbay: " + sentence(failure));
            return command.getCommandSpec().exitCodeOnExecutionException();
        });
    }

    /// What an operator is told; a failure that is nobody's refusal is a bug, and thrown.
    private static String sentence(Exception failure) throws Exception {
        String message = String.valueOf(failure.getMessage());
        return switch (failure) {
            case InvalidSettings _ -> message;
            case CniException refusal when refusal.getCause() instanceof IOException reason ->
                    message + ": " + Reason.of(reason);
            case CniException _ -> message;
            case UncheckedIOException unreadable ->
                    Reason.of(Objects.requireNonNull(unreadable.getCause()));
            default -> throw failure;
        };
    }
}
