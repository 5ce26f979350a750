package io.patchbay.meta.run;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Collectors;
import picocli.CommandLine;

/// A command that was run, and what it said.
record CommandRun(int status, String out, String err) {
    static CommandRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command =
                Main.commandLine(arguments)
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
        return new CommandRun(command.execute(arguments), out.toString(), err.toString());
    }

    /// The settings alone.
    String yaml() {
        return out.lines().filter(line -> !line.startsWith("#")).collect(Collectors.joining("\n"));
    }

    /// The sentence on something.
    String on(String what) {
        return out.lines().filter(line -> line.contains(what)).collect(Collectors.joining("\n"));
    }
}
