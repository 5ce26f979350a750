package io.patchbay.kit.rig;

import io.patchbay.kernel.Kernel;
import io.patchbay.kit.snapshot.NetworkState;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.kit.snapshot.Witness;
import io.patchbay.spi.pod.PodRef;

/// A sandbox: an id, and a namespace of its own.
public final class RigPod implements AutoCloseable {
    private final String containerId;
    private final PrivateNetns netns = PrivateNetns.create();
    private final long inode;

    public RigPod(String containerId) {
        this.containerId = containerId;
        try (var opened = Kernel.ofThisMachine().open(netns.path())) {
            this.inode = opened.inode();
        }
    }

    public String containerId() {
        return containerId;
    }

    /// The pod whose sandbox it is; the container id is its name, and its uid.
    public PodRef ref() {
        return new PodRef("rig", containerId, containerId);
    }

    /// CNI_NETNS.
    public String path() {
        return netns.path();
    }

    public long inode() {
        return inode;
    }

    public Witness witness() {
        return netns.witness();
    }

    public Snapshot snapshot() {
        return NetworkState.take(containerId, netns.witness());
    }

    @Override
    public void close() {
        netns.close();
    }
}
