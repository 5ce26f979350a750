package io.patchbay.vpc.branch;

import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.kit.rig.PrivateNetns;
import io.patchbay.kit.snapshot.Witness;
import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.plumbing.PodVeth;
import java.net.InetAddress;

/// A pod's namespace, and what was chosen for it.
record BranchPod(PrivateNetns place, OpenNetns netns, Branch branch, PodVeth veth)
        implements AutoCloseable {
    static BranchPod of(Branch branch, PodVeth veth) {
        PrivateNetns place = PrivateNetns.create();
        return new BranchPod(place, Kernel.ofThisMachine().open(place.path()), branch, veth);
    }

    InetAddress address() {
        return branch.ways().getFirst().address();
    }

    String addressText() {
        return Cidr.text(address());
    }

    Witness witness() {
        return place.witness();
    }

    boolean reaches(InetAddress target) {
        return TrunkNode.reaches(witness(), target);
    }

    @Override
    public void close() {
        netns.close();
        place.close();
    }
}
