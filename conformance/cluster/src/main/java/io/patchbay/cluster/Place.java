package io.patchbay.cluster;

import java.util.List;
import java.util.function.UnaryOperator;

/// Where the servers of a control plane run.
///
/// @param enter makes of a command line one that runs there, such as one of nsenter(1)
/// @param address an address of that place, for the servers to listen on
public record Place(UnaryOperator<List<String>> enter, String address) {
    private static final String LOOPBACK = "127.0.0.1";

    /// Beside this JVM, whose own clients reach it then.
    public static Place here() {
        return new Place(UnaryOperator.identity(), LOOPBACK);
    }

    /// On the loopback of a namespace.
    public static Place inside(UnaryOperator<List<String>> enter) {
        return new Place(enter, LOOPBACK);
    }
}
