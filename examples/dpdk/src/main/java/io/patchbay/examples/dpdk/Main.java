package io.patchbay.examples.dpdk;

import io.patchbay.dpdk.DpdkException;
import io.patchbay.dpdk.pod.PodException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The command `run`. It ends with 0 after Ctrl-C and SIGTERM too, with 1 where DPDK or the machine
/// refuses, and with 2 for a wrong command line.
@Command(
        name = "run",
        description = "Examples of network functions in Java, over DPDK.",
        synopsisSubcommandLabel = "VERB",
        subcommands = {L2fwd.class, Generate.class, GtpEcho.class},
        footer = {
            "",
            "Each verb takes DPDK's own arguments behind --, such as",
            "  run l2fwd -- -l 0 -a 0000:3b:02.0 -a 0000:3b:02.1",
            "and without any runs anywhere, on two ports that invent what they receive:",
            "  " + EalArguments.NO_HARDWARE,
            "  " + EalArguments.TWO_PORTS
        })
public final class Main {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Prints this.")
    @SuppressWarnings("UnusedVariable") // picocli asks the option
    private boolean help;

    final Ending ending;

    private Main(Ending ending) {
        this.ending = ending;
    }

    public static void main(String[] args) {
        Ending ending = Ending.onSignal();
        ending.end(command(ending).execute(args));
    }

    static CommandLine command(Ending ending) {
        return new CommandLine(new Main(ending))
                .setExecutionExceptionHandler(
                        (error, command, parsed) -> explain(error, command.getErr()));
    }

    /// What DPDK, the pod or the machine refuses is a sentence; anything else is a bug, with its
    /// stack.
    private static int explain(Exception error, PrintWriter err) throws Exception {
        if (error instanceof DpdkException
                || error instanceof PodException
                || error instanceof IllegalArgumentException) {
            err.println(error.getMessage());
            return 1;
        }
        throw error;
    }
}
