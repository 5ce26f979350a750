package io.patchbay.vpc.eni;

import java.util.List;

/// What instance metadata tells this node, without credentials. It lags behind EC2. Every failure
/// is a {@link CloudException}; each call blocks for a bounded time.
public interface Metadata {
    /// Where and what this node is.
    Instance instance();

    /// The interfaces attached now that carry IPv4, by card and device.
    List<Eni> attached();
}
