package io.patchbay.suite.plugin;

import io.patchbay.meta.process.Child;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// A plugin binary. What it does cannot harm the caller: it is killed where it does not end in time
/// or writes without end.
///
/// @param patience shared by all calls of a run
public record Plugin(Path binary, Patience patience) {
    /// Reads the input from a directory, which nobody can (EISDIR, read(2)).
    private static final List<String> WITHOUT_INPUT = List.of("sh", "-c", "exec \"$0\" < /");

    /// @param enter makes of a command line one that runs where the plugin is to run
    public Outcome call(PluginCall call, UnaryOperator<List<String>> enter) {
        return run(call, enter, List.of());
    }

    /// A call whose stdin cannot be read.
    public Outcome callWithoutInput(PluginCall call, UnaryOperator<List<String>> enter) {
        return run(call, enter, WITHOUT_INPUT);
    }

    private Outcome run(PluginCall call, UnaryOperator<List<String>> enter, List<String> wrapped) {
        if (!Files.isRegularFile(binary) || !Files.isExecutable(binary)) {
            String what = Files.exists(binary) ? " is no executable file" : " does not exist";
            return new Outcome(
                    call, new Child.Killed(Child.Reason.UNSTARTABLE, binary.getFileName() + what));
        }
        List<String> line = new ArrayList<>(wrapped);
        line.add(binary.toString());
        Duration limit = patience.limit();
        Child.Ending ending =
                Child.run(
                        enter.apply(line),
                        call.environment(),
                        call.input().getBytes(StandardCharsets.UTF_8),
                        limit);
        if (ending instanceof Child.Killed(Child.Reason reason, String _)
                && reason == Child.Reason.OVERDUE) {
            patience.lose();
        }
        return new Outcome(call, ending);
    }
}
