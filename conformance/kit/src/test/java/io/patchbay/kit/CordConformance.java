package io.patchbay.kit;

import io.patchbay.kit.cord.BraidProvider;
import io.patchbay.kit.cord.CordProvider;
import io.patchbay.kit.rig.NodeRig;
import io.patchbay.spi.DelegateProvider;
import java.util.List;

/// The rules on the delegate of the kit's own tests.
abstract class CordConformance<C extends Record> extends DelegateConformance<C> {
    private boolean isBraid() {
        return provider().type().equals(BraidProvider.TYPE);
    }

    @Override
    public List<DelegateProvider<?>> before() {
        return isBraid() ? List.of(new CordProvider<>()) : List.of();
    }

    @Override
    public String network(String ipam) {
        String type = isBraid() ? "cord" : provider().type();
        String behind = isBraid() ? ", {\"type\": \"braid\"}" : "";
        return """
        {"cniVersion": "1.1.0", "name": "patch", "plugins": [
         {"type": "%s", "panel": "panel0", "ipam": %s}%s]}\
        """
                .formatted(type, ipam, behind);
    }

    @Override
    protected void prepare(NodeRig node) {
        node.witness()
                .run(
                        "ip",
                        "link",
                        "add",
                        "panel0",
                        "address",
                        "02:00:00:00:77:01",
                        "type",
                        "bridge");
        node.witness().run("ip", "link", "set", "panel0", "up");
    }

    @Override
    public void spoil(NodeRig node) {
        node.witness().run("ip", "link", "del", "panel0");
    }
}
