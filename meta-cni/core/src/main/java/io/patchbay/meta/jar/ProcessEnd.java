package io.patchbay.meta.jar;

import java.util.Arrays;
import java.util.Optional;

/// Who ends the process, as long as it is not over.
final class ProcessEnd {
    private ProcessEnd() {}

    /// The jar whose code called System.exit; empty where nobody's did, for a signal has a thread
    /// of its own. For shutdown hooks: whoever called waits for them to end.
    static Optional<String> byJar() {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> Arrays.stream(stack).anyMatch(ProcessEnd::isExit))
                .flatMap(Arrays::stream)
                .map(JarLoader::jarOf)
                .filter(jar -> !jar.isEmpty())
                .findFirst();
    }

    private static boolean isExit(StackTraceElement frame) {
        return frame.getClassName().equals(Runtime.class.getName())
                && frame.getMethodName().equals("exit");
    }
}
