package io.patchbay.meta.delegate;

import io.patchbay.spi.DelegateProvider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/// Finds the delegates that class loaders hold.
public final class Providers {
    private static final Logger LOG = System.getLogger(Providers.class.getName());

    private Providers() {}

    /// The providers of a class loader and of those above it. One that cannot be loaded is logged
    /// and left out: its type is then nobody's.
    public static List<DelegateProvider<?>> of(ClassLoader loader) {
        List<DelegateProvider<?>> found = new ArrayList<>();
        @SuppressWarnings("rawtypes") // ServiceLoader takes a class, and a class has no parameters.
        Iterator<DelegateProvider> providers =
                ServiceLoader.load(DelegateProvider.class, loader).iterator();
        while (true) {
            try {
                if (!providers.hasNext()) {
                    return found;
                }
                found.add(providers.next());
            } catch (ServiceConfigurationError | LinkageError e) {
                LOG.log(Level.ERROR, "a delegate cannot be loaded, and is left out", e);
            }
        }
    }
}
