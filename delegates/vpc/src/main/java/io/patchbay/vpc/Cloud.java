package io.patchbay.vpc;

import io.patchbay.vpc.eni.Construction;
import io.patchbay.vpc.eni.Demolition;
import io.patchbay.vpc.eni.Ec2;
import io.patchbay.vpc.eni.Identity;
import io.patchbay.vpc.eni.Instance;
import io.patchbay.vpc.eni.InstanceLimits;
import io.patchbay.vpc.eni.Intents;
import io.patchbay.vpc.eni.LeakSweep;
import io.patchbay.vpc.eni.NetworkInterface;
import io.patchbay.vpc.eni.Recovery;
import java.util.List;
import java.util.Optional;

/// EC2 for a node that knows what it is.
///
/// @param ec2 at a node's pace
record Cloud(
        Instance instance,
        InstanceLimits limits,
        Ec2 ec2,
        Identity identity,
        Intents intents,
        Construction construction,
        Demolition demolition,
        Recovery recovery,
        LeakSweep sweep) {

    /// The security groups of the primary interface, as EC2 told last.
    List<String> groups(List<NetworkInterface> attached) {
        return primary(attached).map(NetworkInterface::groups).orElse(instance.groups());
    }

    static Optional<NetworkInterface> primary(List<NetworkInterface> attached) {
        return attached.stream().filter(NetworkInterface::isPrimary).findFirst();
    }
}
