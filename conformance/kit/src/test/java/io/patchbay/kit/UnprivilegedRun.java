package io.patchbay.kit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/// Some rules in a process of a user who is nobody.
final class UnprivilegedRun {
    private static final String NOBODY = "65534";

    private UnprivilegedRun() {}

    /// Prints how the rules of the kit's own delegate went.
    ///
    /// @param arguments a pattern of the tests' names
    public static void main(String[] arguments) {
        var summary = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(CordConformanceTest.class))
                                .filters(named(Pattern.compile(arguments[0])))
                                .build(),
                        summary);
        TestExecutionSummary told = summary.getSummary();
        System.out.println("passed: " + told.getTestsSucceededCount());
        told.printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8), 10);
    }

    private static PostDiscoveryFilter named(Pattern tests) {
        return test ->
                FilterResult.includedIf(
                        test.getSource()
                                .filter(MethodSource.class::isInstance)
                                .map(source -> ((MethodSource) source).getMethodName())
                                .map(name -> tests.matcher(name).lookingAt())
                                .orElse(true));
    }

    /// The command line of that, as nobody.
    ///
    /// @param readable a directory that nobody can read, with {@link #copyClassPath}
    /// @param within what the process is started by
    static String[] line(Path readable, List<String> within, String tests) {
        List<String> line = new ArrayList<>();
        line.addAll(List.of("env", "-C", "/", "PATH=/usr/bin:/bin", "setpriv"));
        line.addAll(List.of("--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        line.addAll(within);
        line.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        line.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        line.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath(readable)));
        line.addAll(List.of(UnprivilegedRun.class.getName(), tests));
        return line.toArray(String[]::new);
    }

    private static List<Path> entries() {
        return Stream.of(System.getProperty("java.class.path").split(":")).map(Path::of).toList();
    }

    private static String classPath(Path readable) {
        int count = entries().size();
        return Stream.iterate(0, i -> i < count, i -> i + 1)
                .map(i -> place(readable, i).toString())
                .collect(Collectors.joining(":"));
    }

    private static Path place(Path readable, int position) {
        Path entry = entries().get(position);
        return readable.resolve(position + (Files.isDirectory(entry) ? "" : ".jar"));
    }

    /// Copies this class path: a local repository is often for its user alone.
    static void copyClassPath(Path readable) throws IOException {
        Files.setPosixFilePermissions(readable, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (int i = 0; i < entries().size(); i++) {
            copy(entries().get(i), place(readable, i));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        if (!Files.exists(from)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }
}
