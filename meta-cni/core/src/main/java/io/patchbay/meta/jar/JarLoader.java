package io.patchbay.meta.jar;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/// The class loader of one third party's jar: what it brings, behind what it may see. Its name is
/// in every stack trace of its classes.
final class JarLoader extends URLClassLoader {
    private static final String PREFIX = "jar:";

    JarLoader(Jar jar) {
        super(
                PREFIX + jar.name(),
                jar.files().stream().map(JarLoader::url).toArray(URL[]::new),
                VisibleClasses.SHARED);
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(file + " is no file", e);
        }
    }
}
