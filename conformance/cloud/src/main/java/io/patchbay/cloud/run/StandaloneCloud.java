package io.patchbay.cloud.run;

import io.patchbay.cloud.Cloud;
import io.patchbay.cloud.Layout;
import io.patchbay.cloud.control.ControlService;
import io.patchbay.cloud.imds.MetadataService;
import io.patchbay.cloud.vpc.Instance;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// A cloud whose instances have no machines: EC2, metadata for each at a port of its own, and the
/// control API.
final class StandaloneCloud implements AutoCloseable {
    private final Cloud cloud;
    private final ControlService control;
    private final SequencedMap<String, MetadataService> metadata = new LinkedHashMap<>();
    private final URI ec2;

    private StandaloneCloud(Cloud cloud, InetSocketAddress address) {
        this.cloud = cloud;
        this.ec2 = cloud.service().listen(address);
        this.control =
                ControlService.open(cloud.faults(), new InetSocketAddress(address.getAddress(), 0));
    }

    /// @param address of EC2; the others are at free ports of the same
    static StandaloneCloud open(Layout layout, int instances, InetSocketAddress address) {
        StandaloneCloud standalone = new StandaloneCloud(new Cloud(layout), address);
        try {
            for (int i = 1; i <= instances; i++) {
                standalone.run("node-" + i, layout, address);
            }
        } catch (RuntimeException e) {
            standalone.close();
            throw e;
        }
        return standalone;
    }

    private void run(String name, Layout layout, InetSocketAddress address) {
        Instance instance =
                cloud.run(name, layout.instanceType(), layout.subnets().getFirst().id(), 0);
        MetadataService service =
                MetadataService.open(
                        cloud.ledger(),
                        new InetSocketAddress(address.getAddress(), 0),
                        instance.id(),
                        cloud.clock());
        cloud.show(service);
        metadata.put(instance.id(), service);
    }

    Map<String, String> environment() {
        return new TreeMap<>(cloud.access(ec2, ec2).environment());
    }

    URI control() {
        return control.endpoint();
    }

    /// By instance.
    SequencedMap<String, URI> metadata() {
        SequencedMap<String, URI> all = new LinkedHashMap<>();
        metadata.forEach((instance, service) -> all.put(instance, uri(service.address())));
        return all;
    }

    private static URI uri(InetSocketAddress at) {
        return URI.create("http://%s:%d".formatted(at.getAddress().getHostAddress(), at.getPort()));
    }

    @Override
    public void close() {
        metadata.values().forEach(MetadataService::close);
        control.close();
        cloud.close();
    }
}
