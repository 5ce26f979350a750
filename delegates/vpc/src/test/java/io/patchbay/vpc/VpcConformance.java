package io.patchbay.vpc;

import io.patchbay.cloud.Layout;
import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.kit.DelegateConformance;
import io.patchbay.kit.rig.NodeRig;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Watch;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/// The kit's rules on nodes of a simulated VPC: each mode of the delegate is a subclass. A node's
/// pool is as large as it gets from the beginning, for its growth is nothing that a pod leaves.
@Timeout(600)
abstract class VpcConformance extends DelegateConformance<VpcConfig> {
    /// The pool is what was assigned.
    static final String GIVEN = "\"pool\": {\"provision\": false}";

    /// Addresses of the interface that carries the pods.
    static final int SECONDARIES = 14;

    private static final Layout LAYOUT =
            Layout.of("10.0.0.0/16", "2001:db8::/56")
                    .subnet("10.0.0.0/24")
                    .ipv6("2001:db8:0:1::/64")
                    .subnet("10.0.1.0/24");

    private final SimulatedVpc vpc = GrowingVpc.openWithKeys(LAYOUT);
    private int nodes;

    @AfterEach
    void closeVpc() {
        GrowingVpc.forgetKeys();
        vpc.close();
    }

    /// Before the first snapshot: what follows is a pod's doing.
    @BeforeEach
    void awaitPool() {
        NodeRig node = candidate().rig();
        try (Watch watch = node.host().watch()) {
            while (!isReady(node)) {
                watch.await(Duration.ofSeconds(1));
            }
        }
    }

    private boolean isReady(NodeRig node) {
        try {
            node.status(VpcNode.CONFIG);
            return true;
        } catch (CniException e) {
            return false;
        }
    }

    /// The keys of the section `vpc`, but for the cooldown, as JSON without braces.
    abstract String keys();

    /// Gives a booted node what its pods need of EC2, and the cluster what it says of them.
    abstract void furnish(NodeRig node, String name);

    /// The block of the addresses that pods have and are not told, for they are the node's affair.
    Optional<Cidr> ofNode() {
        return Optional.empty();
    }

    @Override
    public final boolean isTold(Cidr address) {
        return ofNode().filter(block -> block.contains(address.address())).isEmpty();
    }

    SimulatedVpc vpc() {
        return vpc;
    }

    @Override
    public DelegateProvider<VpcConfig> provider() {
        return new VpcProvider();
    }

    @Override
    public String network(String ipam) {
        return VpcNode.CONFIG;
    }

    @Override
    protected String settings() {
        return "{\"cooldownSeconds\": 0, \"ec2\": \"%s\", %s}"
                .formatted(vpc.ec2().endpoint(), keys());
    }

    @Override
    protected void prepare(NodeRig node) {
        String name = "node-" + nodes++;
        vpc.node(name, node.host(), 0);
        furnish(node, name);
    }
}
