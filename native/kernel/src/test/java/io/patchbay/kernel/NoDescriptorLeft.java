package io.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Compares the open descriptors before and after a test class: sockets, namespaces, files; not the
/// class path's, nor the pipes to child processes, which the JDK closes in its own time. What is
/// closed late, such as a packet socket, has a minute for it; it may be of the class before, too.
final class NoDescriptorLeft implements BeforeAllCallback, AfterAllCallback {
    private static final ExtensionContext.Namespace STORE =
            ExtensionContext.Namespace.create(NoDescriptorLeft.class);

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final long PAUSE = 1_000_000;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Kernel.ofThisMachine().host();
        context.getStore(STORE).put("before", open());
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        List<?> before = Objects.requireNonNull(context.getStore(STORE).get("before", List.class));
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!more(before).isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE);
        }
        assertThat(more(before))
                .as("descriptors open after %s", context.getDisplayName())
                .isEmpty();
    }

    /// What is open beyond that, each as often.
    private static List<String> more(List<?> before) throws IOException {
        List<String> more = new ArrayList<>(open());
        before.forEach(more::remove);
        return more;
    }

    private static List<String> open() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .map(NoDescriptorLeft::target)
                    .filter(target -> !target.isEmpty() && !target.startsWith("pipe:"))
                    .filter(target -> !target.endsWith(".jar") && !target.endsWith("/fd"))
                    .sorted()
                    .toList();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
