package io.patchbay.vpc;

import io.patchbay.vpc.imds.Endpoint;
import java.time.Duration;
import java.util.Optional;

/// The section `vpc` of patchbay.yaml.
///
/// @param imds where the instance metadata service is, as a URL
/// @param cooldownSeconds how long nobody gets an address that a pod had
/// @param mtu of the node's interfaces, and so of the pods'; 0 leaves it as it is
record VpcSettings(Optional<String> imds, Optional<Integer> cooldownSeconds, int mtu) {
    private static final int DEFAULT_COOLDOWN = 30;
    private static final int LONGEST_COOLDOWN = 3600;

    /// What every host of IPv4 takes (RFC 791), and the jumbo frame of EC2.
    private static final int SMALLEST_MTU = 576;

    private static final int LARGEST_MTU = 9001;

    VpcSettings {
        if (mtu != 0 && (mtu < SMALLEST_MTU || mtu > LARGEST_MTU)) {
            throw new IllegalArgumentException(
                    "\"mtu\" is %d: an interface of a VPC takes %d to %d, or 0 to be left as it is"
                            .formatted(mtu, SMALLEST_MTU, LARGEST_MTU));
        }
        imds.ifPresent(text -> Endpoint.parse("\"imds\"", text));
        int seconds = cooldownSeconds.orElse(DEFAULT_COOLDOWN);
        if (seconds < 0 || seconds > LONGEST_COOLDOWN) {
            throw new IllegalArgumentException(
                    "\"cooldownSeconds\" is %d: it is 0 to %d"
                            .formatted(seconds, LONGEST_COOLDOWN));
        }
    }

    Duration cooldown() {
        return Duration.ofSeconds(cooldownSeconds.orElse(DEFAULT_COOLDOWN));
    }
}
