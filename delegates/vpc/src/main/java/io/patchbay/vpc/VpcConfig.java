package io.patchbay.vpc;

import java.util.Optional;
import java.util.regex.Pattern;

/// A network of type `vpc`.
///
/// @param mtu of both ends of the pod's link; 0 is POD_MTU, or that of the interface behind it
/// @param vethPrefix of the name of the host's end; else AWS_VPC_K8S_CNI_VETHPREFIX, or `eni`
record VpcConfig(int mtu, Optional<String> vethPrefix) {
    static final String DEFAULT_PREFIX = "eni";
    private static final int SMALLEST_MTU = 68;
    private static final int LARGEST_MTU = 65535;

    // A link's name has 15 characters at most, and the digest takes 11.
    private static final Pattern PREFIX = Pattern.compile("[a-zA-Z][a-zA-Z0-9]{0,3}");

    VpcConfig {
        requireMtu(mtu);
        vethPrefix.ifPresent(prefix -> requirePrefix("\"vethPrefix\"", prefix));
    }

    static void requireMtu(int mtu) {
        if (mtu != 0 && (mtu < SMALLEST_MTU || mtu > LARGEST_MTU)) {
            throw new IllegalArgumentException(
                    "\"mtu\" is %d: a veth takes %d to %d, or 0 for that of the interface"
                            .formatted(mtu, SMALLEST_MTU, LARGEST_MTU));
        }
    }

    static void requirePrefix(String key, String prefix) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "%s is \"%s\": it has 1 to 4 letters and digits, a letter first"
                            .formatted(key, prefix));
        }
    }

    String prefix(LinkPolicy links) {
        return vethPrefix.orElse(links.prefix());
    }
}
