package io.patchbay.vpc;

import io.patchbay.cloud.VpcCniPod;
import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import java.net.InetAddress;

/// A pod of Amazon's plugin, and its sandbox.
record AwsPod(RigPod sandbox, VpcCniPod left) implements AutoCloseable {
    /// @param device number of the interface that the address is of
    static AwsPod attach(NodeRig node, String name, InetAddress address, int device) {
        RigPod sandbox = new RigPod("aws-" + name);
        VpcCniPod left = new VpcCniPod("default", name, sandbox.containerId(), address, device);
        node.witness().run("sh", "-ec", left.attach(sandbox.path()));
        return new AwsPod(sandbox, left);
    }

    String name() {
        return left.name();
    }

    InetAddress address() {
        return left.address();
    }

    /// The link on the host.
    String veth() {
        return left.veth();
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
