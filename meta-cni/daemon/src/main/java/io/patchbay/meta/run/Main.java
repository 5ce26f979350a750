package io.patchbay.meta.run;

import io.patchbay.spi.cni.CniException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The one command, `patchbay`.
@Command(
        name = "patchbay",
        description = "A meta-CNI for pods with several networks.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "PATCHBAY_SOCKET and PATCHBAY_STATE override the places in the configuration;",
            "PATCHBAY_LOG is the level of the log: ERROR, WARN, INFO (the default), DEBUG."
        })
public final class Main {
    private static final Map<String, Class<?>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("daemon", DaemonCommand.class);
        COMMANDS.put("validate", ValidateCommand.class);
        COMMANDS.put("explain", ExplainCommand.class);
        COMMANDS.put("status", StatusCommand.class);
        COMMANDS.put("show", ShowCommand.class);
        COMMANDS.put("eni", EniCommand.class);
        COMMANDS.put("vf", VfCommand.class);
        COMMANDS.put("probe", ProbeCommand.class);
        COMMANDS.put("metrics", MetricsCommand.class);
        COMMANDS.put("selftest", SelftestCommand.class);
        COMMANDS.put("import", ImportCommand.class);
    }

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine(arguments).execute(arguments));
    }

    /// The command as these arguments need it: with the one command that they name first, or with
    /// all. To look at each one's options takes longer than most of them run.
    static CommandLine commandLine(String... arguments) {
        CommandLine patchbay = new CommandLine(new Main());
        Class<?> named = arguments.length == 0 ? null : COMMANDS.get(arguments[0]);
        if (named != null) {
            patchbay.addSubcommand(arguments[0], named);
        } else {
            COMMANDS.forEach(patchbay::addSubcommand);
            ToolCommand.addTo(patchbay);
        }
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
