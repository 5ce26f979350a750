package io.patchbay.e2e;

import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.Call;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.Installation;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.kit.rig.NodeNamespace;
import io.patchbay.kit.snapshot.FileState;
import io.patchbay.kit.snapshot.NetworkState;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.kit.snapshot.Witness;
import java.nio.file.Path;
import java.util.List;

/// A node of a cluster that kindnet serves: the pod CIDR 10.244.N.0/24, the configuration list that
/// kindnet's daemon writes, and the routes that it sets, beside an interface on a simulated VPC.
final class KindnetNode implements AutoCloseable {
    /// Its binaries are the reference plugins; kindnet brings none of its own.
    private static final String CONFIG =
            """
            {
              "cniVersion": "0.3.1",
              "name": "kindnet",
              "plugins": [
                {
                  "type": "ptp",
                  "ipMasq": false,
                  "ipam": {
                    "type": "host-local",
                    "dataDir": "/run/cni-ipam-state",
                    "routes": [%s],
                    "ranges": [[{"subnet": "10.244.%d.0/24"}]]
                  },
                  "mtu": 1500
                },
                {"type": "portmap", "capabilities": {"portMappings": true}}
              ]
            }
            """;

    private static final String MANIFESTS =
            """
            apiVersion: k8s.cni.cncf.io/v1
            kind: NetworkAttachmentDefinition
            metadata: {name: kindnet, namespace: core}
            ---
            apiVersion: k8s.cni.cncf.io/v1
            kind: NetworkAttachmentDefinition
            metadata: {name: vpc, namespace: core}
            spec:
              config: '{"cniVersion": "1.1.0", "name": "vpc", "type": "vpc"}'
            """;

    private static final String POD =
            """
            ---
            apiVersion: v1
            kind: Pod
            metadata:
              name: %s
              namespace: core
              annotations: {k8s.v1.cni.cncf.io/networks: %s}
            """;

    private static final String SETTINGS =
            """
            manifests: %s
            networkConfigDirectory: %s
            delegates: {vpc: {cooldownSeconds: 0, pool: {provision: false}}}
            """;

    private final int number;
    private final NodeNamespace node = NodeNamespace.create();
    private final Installation installation;
    private final OpenNetns netns = Kernel.ofThisMachine().open(node.netns());

    /// @param number from 1, the N of its pod CIDR and of its address on the nodes' own network
    /// @param work an empty directory, for manifests, configurations and state
    KindnetNode(int number, Path work) {
        this.number = number;
        this.installation = new Installation(node, work);
    }

    /// Connects two nodes by `nodes0`, the network on which kindnet's routes lead from node to
    /// node. It is apart from the VPC, whose source/destination check takes no packets of a pod
    /// CIDR.
    static void join(KindnetNode one, KindnetNode other) {
        one.node.run(
                "ip",
                "link",
                "add",
                "nodes0",
                "type",
                "veth",
                "peer",
                "name",
                "nodes0",
                "netns",
                other.node.netns());
        one.routeTo(other);
        other.routeTo(one);
    }

    private void routeTo(KindnetNode other) {
        node.run(
                "sh",
                "-ec",
                """
                echo 1 > /proc/sys/net/ipv6/conf/nodes0/disable_ipv6
                ip address add 172.18.0.%1$d/24 dev nodes0
                ip link set nodes0 up
                ip route add 10.244.%2$d.0/24 via 172.18.0.%2$d
                """
                        .formatted(number, other.number));
    }

    void boot(SimulatedVpc vpc, int secondaries) {
        vpc.node("node-" + number, netns, secondaries);
        node.run("sh", "-c", "echo 1 > /proc/sys/net/ipv6/conf/eth0/disable_ipv6");
    }

    /// The configuration list as kindnet writes it.
    String primaryConfig() {
        return CONFIG.formatted("{\"dst\": \"0.0.0.0/0\"}", number);
    }

    /// The same beside another network, which has the default route: it names what it leads to.
    private String furtherConfig() {
        return CONFIG.formatted("{\"dst\": \"0.0.0.0/0\"}, {\"dst\": \"10.244.0.0/16\"}", number);
    }

    /// Starts the installed daemon and waits until it takes requests.
    ///
    /// @param primary the default network, a CNI configuration
    /// @param further the network that the pods' annotation names
    DaemonProcess start(String primary, String further, List<String> pods) {
        StringBuilder manifests = new StringBuilder(MANIFESTS);
        pods.forEach(pod -> manifests.append(POD.formatted(pod, further)));
        installation.manifest("core", manifests.toString());
        Path networks = installation.write("networks/10-kindnet.conflist", furtherConfig());
        return installation
                .configure(
                        SETTINGS.formatted(installation.manifests(), networks.getParent())
                                + "defaultNetwork:\n"
                                + primary.indent(2))
                .start();
    }

    PodNetns pod(String name) {
        return PodNetns.create(node, name);
    }

    Answer call(String command, String name, PodNetns pod) {
        return installation.call(Call.of(command, name, pod.path()).pod("core", name));
    }

    /// Everything of the node that can leak: network, state, and both places of host-local's
    /// leases.
    Snapshot snapshot() {
        String title = "node " + number;
        return NetworkState.take(title, Witness.in(node.netns()))
                .plus(FileState.take(title + " state", installation.state()))
                .plus(FileState.take(title + " kindnet leases", node.file("/run/cni-ipam-state")))
                .plus(FileState.take(title + " leases", node.file("/var/lib/cni")));
    }

    @Override
    public void close() {
        netns.close();
        node.close();
    }
}
