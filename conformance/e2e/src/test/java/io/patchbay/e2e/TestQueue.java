package io.patchbay.e2e;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;

/// Runs those test classes of a list that no process beside it has begun, one after the other, by
/// JUnit's console. Emulated machines that share a list end together, and a JVM is warm from the
/// second class on.
///
/// A class is for the process that made the directory of its reports.
final class TestQueue {
    private TestQueue() {}

    /// @param arguments the list, a name a line; what the path of each class's reports begins with;
    ///   then the console's own for each class
    public static void main(String[] arguments) throws IOException {
        ToolProvider console = ToolProvider.findFirst("junit").orElseThrow();
        List<String> failed = new ArrayList<>();
        for (String name : Files.readAllLines(Path.of(arguments[0]))) {
            Path own = Path.of(arguments[1] + name + "-reports");
            if (!isFirst(own)) {
                continue;
            }
            List<String> line = new ArrayList<>(List.of("execute", "--select-class", name));
            line.addAll(List.of("--reports-dir", own.toString()));
            line.addAll(Arrays.asList(arguments).subList(2, arguments.length));
            if (console.run(System.out, System.err, line.toArray(String[]::new)) != 0) {
                failed.add(name);
            }
        }
        System.out.println("Failed classes: " + failed);
        System.exit(failed.isEmpty() ? 0 : 1);
    }

    private static boolean isFirst(Path directory) throws IOException {
        try {
            Files.createDirectory(directory);
            return true;
        } catch (FileAlreadyExistsException _) {
            return false;
        }
    }
}
