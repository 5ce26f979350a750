package io.patchbay.meta.run;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The one command, `patchbay`.
@Command(
        name = "patchbay",
        description = "A meta-CNI for pods with several networks.",
        subcommands = {DaemonCommand.class, ValidateCommand.class, StatusCommand.class},
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
        return new CommandLine(new Main())
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (!(failure instanceof InvalidSettings)
                            && !(failure instanceof io.patchbay.spi.cni.CniException)) {
                        throw failure;
                    }
                    command.getErr().println("patchbay: " + failure.getMessage());
                    return 1;
                });
    }
}
