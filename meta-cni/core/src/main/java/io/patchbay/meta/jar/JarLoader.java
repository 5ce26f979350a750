package io.patchbay.meta.jar;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// The class loader of one third party's jar: what it brings, behind what it may see. Its name is
/// in every stack trace of its classes.
final class JarLoader extends URLClassLoader {
    private static final Logger LOG = System.getLogger(JarLoader.class.getName());
    private static final String PREFIX = "jar:";

    private final Jar jar;
    private final AtomicInteger users = new AtomicInteger();

    JarLoader(Jar jar) {
        super(
                PREFIX + jar.name(),
                jar.files().stream().map(JarLoader::url).toArray(URL[]::new),
                VisibleClasses.SHARED);
        this.jar = jar;
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(file + " is no file", e);
        }
    }

    Jar jar() {
        return jar;
    }

    /// The name of the jar whose code a frame of a stack is; empty for all other code.
    static String jarOf(StackTraceElement frame) {
        String loader = frame.getClassLoaderName();
        return loader != null && loader.startsWith(PREFIX) ? loader.substring(PREFIX.length()) : "";
    }

    /// One more delegate of the jar lives.
    void use() {
        users.incrementAndGet();
    }

    /// A delegate of the jar was closed. With the last, no thread of the jar should be left.
    void leave() {
        if (users.decrementAndGet() == 0) {
            List<String> left = threads();
            if (!left.isEmpty()) {
                LOG.log(
                        Level.WARNING,
                        "{0} left threads behind when it was closed: {1}",
                        jar.name(),
                        String.join(", ", left));
            }
        }
    }

    /// What the jar started inherited its class loader, or has its code on the stack.
    private List<String> threads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> !(entry.getKey() instanceof CallThread))
                .filter(entry ->
                        entry.getKey().getContextClassLoader() == this
                                || isOnStack(entry.getValue()))
                .map(entry -> entry.getKey().getName())
                .sorted()
                .toList();
    }

    private boolean isOnStack(StackTraceElement[] stack) {
        return Arrays.stream(stack).anyMatch(frame -> jarOf(frame).equals(jar.name()));
    }
}
