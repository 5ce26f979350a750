package io.patchbay.meta.jar;

import io.patchbay.spi.Spi;
import java.lang.module.ModuleDescriptor.Exports;
import java.util.Set;
import java.util.stream.Collectors;

/// What a third party's jar finds outside itself: some modules of the JDK, and the contract of a
/// delegate. Nothing of the daemon and of its libraries, so that a jar brings its own version of
/// each. It guards against accidents: reflection gets around it.
public final class VisibleClasses extends ClassLoader {
    /// The modules of the JDK, as the README lists them.
    public static final Set<String> MODULES =
            Set.of(
                    "java.base",
                    "java.logging",
                    "java.management",
                    "java.naming",
                    "java.net.http",
                    "java.security.jgss",
                    "java.security.sasl",
                    "java.sql",
                    "java.xml",
                    "jdk.net",
                    "jdk.unsupported");

    static final VisibleClasses SHARED = new VisibleClasses();

    private static final String CONTRACT = "io.patchbay.spi";

    private final Set<String> packages =
            ModuleLayer.boot().modules().stream()
                    .filter(module -> MODULES.contains(module.getName()))
                    .flatMap(module -> module.getDescriptor().exports().stream())
                    .filter(exports -> !exports.isQualified())
                    .map(Exports::source)
                    .collect(Collectors.toUnmodifiableSet());

    private VisibleClasses() {
        super("patchbay", getPlatformClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        String inPackage = name.substring(0, Math.max(name.lastIndexOf('.'), 0));
        if (packages.contains(inPackage)) {
            return super.loadClass(name, resolve);
        }
        if (inPackage.equals(CONTRACT) || inPackage.startsWith(CONTRACT + ".")) {
            return Class.forName(name, false, Spi.class.getClassLoader());
        }
        throw new ClassNotFoundException(name);
    }
}
