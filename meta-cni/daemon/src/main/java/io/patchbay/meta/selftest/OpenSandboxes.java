package io.patchbay.meta.selftest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// The plugin binary, and the sandboxes that were attached by it and not yet detached. {@link #end}
/// detaches them when the command is told to end amid its work. After SIGKILL nothing can be done:
/// then the next self-test, DEL or GC does it.
final class OpenSandboxes {
    private final Plugin plugin;
    private final Set<String> open = new LinkedHashSet<>();
    private @Nullable Process running;
    private boolean ending;

    OpenSandboxes(Plugin plugin) {
        this.plugin = plugin;
    }

    /// A call about a sandbox. It does not return once the end has come.
    ///
    /// @param netns CNI_NETNS, empty where there is none
    /// @param args CNI_ARGS
    Answer call(String command, String id, String netns, String args, ObjectNode configuration) {
        Process process = start(command, id, variables(command, id, netns, args));
        Answer answer = Plugin.finish(process, configuration);
        stop(command, id, answer);
        return answer;
    }

    private static Map<String, String> variables(
            String command, String id, String netns, String args) {
        return Map.of(
                "CNI_COMMAND", command,
                "CNI_CONTAINERID", id,
                "CNI_NETNS", netns,
                "CNI_IFNAME", "eth0",
                "CNI_ARGS", args);
    }

    private Process start(String command, String id, Map<String, String> variables) {
        synchronized (this) {
            if (!ending) {
                if (command.equals("ADD")) {
                    open.add(id);
                }
                Process process = plugin.start(variables);
                running = process;
                return process;
            }
        }
        throw stayUntilTheEnd();
    }

    private synchronized void stop(String command, String id, Answer answer) {
        running = null;
        if (command.equals("DEL") && answer.succeeded()) {
            open.remove(id);
        }
    }

    /// The process ends once the hook that calls {@link #end} is through.
    private static IllegalStateException stayUntilTheEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new IllegalStateException("interrupted at the end");
    }

    /// Cuts the call that runs, takes no more, and detaches what is attached.
    void end() {
        for (String id : close()) {
            plugin.call(
                    variables("DEL", id, "", SelftestArguments.of(Optional.empty())),
                    Plugin.configuration());
        }
    }

    private synchronized List<String> close() {
        ending = true;
        if (running != null) {
            running.destroyForcibly();
        }
        return new ArrayList<>(open);
    }
}
