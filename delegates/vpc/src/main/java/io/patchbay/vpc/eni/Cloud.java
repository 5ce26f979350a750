package io.patchbay.vpc.eni;

import java.util.List;

/// What the cloud tells about this node. Every failure is a {@link CloudException}.
public interface Cloud {
    /// The interfaces attached now that carry IPv4, by card and device. It blocks, for a bounded
    /// time.
    List<Eni> attached();
}
