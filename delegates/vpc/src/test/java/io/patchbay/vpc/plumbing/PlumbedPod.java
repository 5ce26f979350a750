package io.patchbay.vpc.plumbing;

import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.kit.rig.PrivateNetns;
import io.patchbay.kit.snapshot.Witness;
import java.net.InetAddress;
import java.util.Optional;

/// A pod's namespace, and the way to it.
final class PlumbedPod implements AutoCloseable {
    private final PrivateNetns place = PrivateNetns.create();
    private final OpenNetns netns = Kernel.ofThisMachine().open(place.path());
    private Optional<PodRouting> routing = Optional.empty();

    void routed(PodRouting value) {
        routing = Optional.of(value);
    }

    PodRouting routing() {
        return routing.orElseThrow();
    }

    InetAddress address() {
        return routing().address();
    }

    OpenNetns netns() {
        return netns;
    }

    Witness witness() {
        return place.witness();
    }

    @Override
    public void close() {
        netns.close();
        place.close();
    }
}
