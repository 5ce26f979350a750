package io.patchbay.meta.jar;

import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.cni.CniException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/// Finds the providers in a third party's jar.
final class JarProviders {
    private static final String SERVICE = "META-INF/services/" + DelegateProvider.class.getName();

    /// More than any jar that only has some bad providers among its good ones.
    private static final int MOST_PROBLEMS = 16;

    private final InstantSource clock;
    private final Calls asking;
    private final List<CniException> problems = new ArrayList<>();

    @SuppressWarnings("rawtypes") // ServiceLoader takes a class, and a class has no parameters.
    private final Iterator<DelegateProvider> providers;

    private JarProviders(Jar jar, Marking marks, InstantSource clock) {
        JarLoader loader = new JarLoader(jar);
        this.clock = clock;
        this.asking =
                new Calls(
                        jar.name(),
                        new Trouble(jar.name(), OptionalInt.empty(), clock),
                        loader,
                        marks);
        this.providers = ServiceLoader.load(DelegateProvider.class, loader).iterator();
    }

    /// The providers that say what they are.
    ///
    /// @param problems is told of each that does not
    static List<ContainedProvider<?>> of(
            Jar jar, Marking marks, InstantSource clock, Consumer<CniException> problems) {
        JarProviders search = new JarProviders(jar, marks, clock);
        List<ContainedProvider<?>> found = search.all();
        if (found.isEmpty() && search.problems.isEmpty()) {
            problems.accept(
                    CniException.invalidConfig(
                            "%s has no provider: there is no %s in it"
                                    .formatted(jar.name(), SERVICE)));
        }
        search.problems.forEach(problems);
        return found;
    }

    private List<ContainedProvider<?>> all() {
        List<ContainedProvider<?>> found = new ArrayList<>();
        while (problems.size() < MOST_PROBLEMS) {
            try {
                Optional<DelegateProvider<?>> next = asking.get(Verb.LOAD, this::next);
                if (next.isEmpty()) {
                    break;
                }
                found.add(contained(next.get()));
            } catch (CniException e) {
                problems.add(e);
                if (!UnendedCall.in(e).isEmpty()) {
                    break;
                }
            }
        }
        return found;
    }

    private Optional<DelegateProvider<?>> next() {
        return providers.hasNext() ? Optional.of(providers.next()) : Optional.empty();
    }

    private <C extends Record> ContainedProvider<C> contained(DelegateProvider<C> provider) {
        return ContainedProvider.of(provider, asking, clock);
    }
}
