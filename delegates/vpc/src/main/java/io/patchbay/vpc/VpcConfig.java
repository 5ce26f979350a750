package io.patchbay.vpc;

import java.util.Optional;
import java.util.regex.Pattern;

/// A network of type `vpc`.
///
/// @param mtu of both ends of the pod's link; 0 is that of the interface behind it
/// @param vethPrefix of the name of the host's end
record VpcConfig(int mtu, Optional<String> vethPrefix) {
    private static final String DEFAULT_PREFIX = "eni";
    private static final int SMALLEST_MTU = 68;
    private static final int LARGEST_MTU = 65535;

    // A link's name has 15 characters at most, and the digest takes 11.
    private static final Pattern PREFIX = Pattern.compile("[a-zA-Z][a-zA-Z0-9]{0,3}");

    VpcConfig {
        requireMtu(mtu);
        if (!PREFIX.matcher(vethPrefix.orElse(DEFAULT_PREFIX)).matches()) {
            throw new IllegalArgumentException(
                    "\"vethPrefix\" is \"%s\": it has 1 to 4 letters and digits, a letter first"
                            .formatted(vethPrefix.get()));
        }
    }

    static void requireMtu(int mtu) {
        if (mtu != 0 && (mtu < SMALLEST_MTU || mtu > LARGEST_MTU)) {
            throw new IllegalArgumentException(
                    "\"mtu\" is %d: a veth takes %d to %d, or 0 for that of the interface"
                            .formatted(mtu, SMALLEST_MTU, LARGEST_MTU));
        }
    }

    String prefix() {
        return vethPrefix.orElse(DEFAULT_PREFIX);
    }
}
