package com.example.hello;

import io.patchbay.kit.DelegateConformance;
import io.patchbay.kit.rig.NodeRig;
import io.patchbay.spi.DelegateProvider;

/// Every rule of the kit, each as a test.
class HelloConformanceTest extends DelegateConformance<HelloConfig> {
    @Override
    public DelegateProvider<HelloConfig> provider() {
        return new HelloProvider();
    }

    @Override
    public String network(String ipam) {
        return """
        {"cniVersion": "1.1.0", "name": "net", "type": "hello", "bridge": "br0", "ipam": %s}"""
                .formatted(ipam);
    }

    /// What the node needs beforehand.
    @Override
    protected void prepare(NodeRig node) {
        node.witness()
                .run("ip", "link", "add", "br0", "address", "02:00:00:00:00:01", "type", "bridge");
        node.witness().run("ip", "link", "set", "br0", "up");
    }

    /// Takes it away again, so that STATUS has something to tell.
    @Override
    public void spoil(NodeRig node) {
        node.witness().run("ip", "link", "del", "br0");
    }
}
