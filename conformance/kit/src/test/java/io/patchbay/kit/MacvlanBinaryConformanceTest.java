package io.patchbay.kit;

import io.patchbay.kit.rig.NodeRig;
import java.nio.file.Path;

/// The rules around a binary of the plug-in path: the reference plugin macvlan, as Debian has it.
class MacvlanBinaryConformanceTest extends BinaryConformance {
    @Override
    public String network(String ipam) {
        return """
        {"cniVersion": "1.0.0", "name": "patch", "type": "macvlan", "master": "up0", "ipam": %s}\
        """
                .formatted(ipam);
    }

    @Override
    protected void prepare(NodeRig node) {
        node.install("macvlan", Path.of("/usr/lib/cni/macvlan"));
        node.witness().run("ip", "link", "add", "up0", "type", "veth", "peer", "name", "up1");
        node.witness().run("ip", "link", "set", "up0", "up");
        node.witness().run("ip", "link", "set", "up1", "up");
    }
}
