package io.patchbay.bridge;

import java.util.Optional;

/// A network of type `ptp`: every key of the reference plugin.
///
/// @param mtu of both ends of the pair; 0 is the kernel's choice
record PtpConfig(boolean ipMasq, Optional<String> ipMasqBackend, int mtu) {

    PtpConfig {
        VethPair.requireMtu(mtu);
        Masquerade.requireKnown(ipMasqBackend);
    }
}
