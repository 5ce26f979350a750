package io.patchbay.ipvlan;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What every network of links on a parent says.
interface UpperLinkConfig {
    /// The parent's name, as written: see {@link #parent}.
    Optional<String> master();

    /// The parent's name; empty is the link of the default route. An empty string counts as an
    /// absent key, here and in `mode` and `flag`, as it does for the reference plugins.
    default Optional<String> parent() {
        return master().filter(name -> !name.isEmpty());
    }

    /// At most the parent's; 0 takes the parent's.
    int mtu();

    /// Whether the parent is a link of the pod.
    boolean linkInContainer();

    /// Whether an address is used only once nobody else answers for it.
    boolean enabledad();

    static void refuseMtu(int mtu) {
        if (mtu < 0) {
            throw new IllegalArgumentException(
                    "\"mtu\" is %d: it is 0 for the parent's own, or what the links shall have"
                            .formatted(mtu));
        }
    }

    /// One of an enumeration by its name in lower case, as in `"mode": "l3s"`.
    static <E extends Enum<E>> E choose(String key, Optional<String> value, E fallback) {
        Class<E> type = fallback.getDeclaringClass();
        return value.filter(name -> !name.isEmpty())
                .map(name ->
                        Arrays.stream(type.getEnumConstants())
                                .filter(one -> word(one).equals(name))
                                .findFirst()
                                .orElseThrow(() ->
                                        new IllegalArgumentException(
                                                "\"%s\" is \"%s\": it is one of %s"
                                                        .formatted(key, name, words(type)))))
                .orElse(fallback);
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> String words(Class<E> type) {
        return String.join(
                ", ", Arrays.stream(type.getEnumConstants()).map(UpperLinkConfig::word).toList());
    }
}
