package io.patchbay.meta.deviceplugin;

import io.patchbay.spi.device.PciFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// What a container needs to use a device: nodes below /dev, and words about them. Source: SR-IOV
/// network device plugin, pkg/infoprovider.
///
/// @param info for `PCIDEVICE_…_INFO`, by who provides it
record DeviceNodes(List<Node> nodes, SequencedMap<String, SequencedMap<String, String>> info) {
    private static final String VFIO = "/dev/vfio/vfio";
    private static final String NO_IOMMU = "noiommu-";

    /// @param inside where the container has it
    record Node(String host, String inside) {
        static Node same(String path) {
            return new Node(path, path);
        }
    }

    static DeviceNodes of(PoolDevice device, PoolSettings pool) {
        DeviceNodes needed = new DeviceNodes(new ArrayList<>(), new LinkedHashMap<>());
        String address = device.address().value();
        needed.tell("generic", "deviceID", address);
        needed.addVfio(device.function());
        for (String uio : device.host().traits().uioNodes()) {
            needed.add("uio", "mount", Node.same(uio));
        }
        if (device.selector().isRdma()) {
            needed.addRdma(device);
        }
        if (device.selector().needVhostNet()) {
            needed.add("vhost", "net-mount", Node.same("/dev/vhost-net"));
            needed.add("vhost", "tun-mount", Node.same("/dev/net/tun"));
        }
        for (String whom : List.of(PoolSettings.EVERY_DEVICE, address)) {
            pool.additionalInfo()
                    .getOrDefault(whom, Map.of())
                    .forEach((key, value) -> needed.tell("extra", key, value));
        }
        return needed;
    }

    /// Without an IOMMU the group has another name outside; applications look for the number.
    private void addVfio(PciFunction function) {
        if (function.isBoundTo("vfio-pci") && function.vfioNode().isPresent()) {
            String group = function.vfioNode().get();
            add("vfio", "mount", Node.same(VFIO));
            add("vfio", "dev-mount", new Node(group, group.replace(NO_IOMMU, "")));
        }
    }

    private void addRdma(PoolDevice device) {
        device.host()
                .traits()
                .rdmaNodes()
                .forEach((key, node) -> add("rdma", key, Node.same(node)));
        device.function().rdma().stream()
                .findFirst()
                .ifPresent(name -> tell("rdma", "rdma_dev", name));
    }

    private void add(String provider, String key, Node node) {
        nodes.add(node);
        tell(provider, key, node.inside());
    }

    private void tell(String provider, String key, String value) {
        info.computeIfAbsent(provider, _ -> new LinkedHashMap<>()).put(key, value);
    }
}
