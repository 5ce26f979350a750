package io.patchbay.meta.run;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `ADDRESS:PORT`. An IPv6 address stands in brackets; a name is none, for it could be
/// another address tomorrow.
final class ListenAddress {
    private static final Pattern TEXT =
            Pattern.compile("(?:([0-9.]+)|\\[([0-9a-fA-F:.]+)])" + ":([0-9]{1,5})");

    private static final int LAST_PORT = 65535;

    private ListenAddress() {}

    /// Empty where it is none.
    static Optional<InetSocketAddress> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(parts.group(3));
        if (port == 0 || port > LAST_PORT) {
            return Optional.empty();
        }
        try {
            InetAddress address =
                    parts.group(1) == null
                            ? InetAddress.ofLiteral("[" + parts.group(2) + "]")
                            : InetAddress.ofLiteral(parts.group(1));
            return Optional.of(new InetSocketAddress(address, port));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
