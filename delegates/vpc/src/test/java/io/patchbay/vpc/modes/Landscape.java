package io.patchbay.vpc.modes;

import io.patchbay.cloud.Layout;
import io.patchbay.cloud.SimulatedBranch;
import io.patchbay.cloud.SimulatedEni;
import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.cloud.vpc.Creation;
import io.patchbay.cloud.vpc.NetworkInterface.Kind;
import io.patchbay.cloud.vpc.Order;
import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.meta.attach.AttachedNetwork;
import io.patchbay.spi.cni.CniException;
import io.patchbay.vpc.GrowingVpc;
import io.patchbay.vpc.PodEniText;
import io.patchbay.vpc.VpcNode;
import io.patchbay.vpc.branch.PodEni;
import io.patchbay.vpc.eni.Family;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A simulated VPC with nodes `a`, `b` and so on, and pods `a1`, `a2` and so on.
final class Landscape implements AutoCloseable {
    private static final String RESOURCE = "vpc.amazonaws.com/pod-eni";

    // A slow machine's first questions to the cloud run out of time; a kubelet tries again, too.
    private static final int TRIES = 10;

    private final GrowingVpc cloud;
    private final Map<String, VpcNode> nodes = new HashMap<>();
    private final Map<String, SimulatedEni> trunks = new HashMap<>();
    private final Map<String, Snapshot> before = new HashMap<>();
    private final Map<String, Host> hosts = new HashMap<>();
    private final List<ModePod> pods = new ArrayList<>();
    private int vlans;

    private Landscape(Path state) {
        this.cloud = GrowingVpc.open(state, layout());
        Stream.of(Place.values()).map(Place::group).forEach(vpc()::group);
    }

    /// @param state an empty directory
    static Landscape of(Path state, Site... sites) {
        Landscape landscape = new Landscape(state);
        try {
            for (Site site : sites) {
                landscape.settle(site);
            }
            return landscape;
        } catch (RuntimeException | AssertionError e) {
            landscape.close();
            throw e;
        }
    }

    private static Layout layout() {
        return Layout.of("10.0.0.0/16", "100.64.0.0/16", "2001:db8::/56")
                .subnet("10.0.0.0/24")
                .ipv6("2001:db8:0:1::/64")
                .subnet("100.64.0.0/24")
                .ipv6("2001:db8:0:2::/64")
                .subnet("10.0.2.0/24")
                .ipv6("2001:db8:0:3::/64")
                .instanceType("m5.xlarge");
    }

    private void settle(Site site) {
        String name = String.valueOf((char) ('a' + nodes.size()));
        Mode mode = site.mode();
        VpcNode node = boot(name, mode);
        nodes.put(name, node);
        // The first pod of a kind has the node's own state grow. Once an ordinary one has an
        // address, EC2 has told of the trunk too.
        detach(attach("first", node, mode.ordinary()));
        before.put(name, node.rig().snapshot());
        hosts.put(name, Host.of(node.rig().host(), node.rig().witness()));
        for (int i = 1; i <= site.pods(); i++) {
            pods.add(attach(name + i, node, mode.own()));
        }
        if (mode.takesVlans()) {
            pods.add(attach(name + "-ordinary", node, mode.ordinary()));
        }
    }

    private VpcNode boot(String name, Mode mode) {
        Map<String, Object> section = new HashMap<>();
        mode.settings()
                .properties()
                .forEach(entry -> section.put(entry.getKey(), entry.getValue()));
        return cloud.bootWith(name, section, rig -> prepare(name, mode, rig));
    }

    /// What comes from elsewhere: the ENIConfig, the addresses, the trunk.
    private void prepare(String name, Mode mode, NodeRig rig) {
        GrowingVpc.eniConfig(
                        "default",
                        "{\"subnet\": \"%s\", \"securityGroups\": [\"%s\"]}"
                                .formatted(subnet(Place.ENI_CONFIG), Place.ENI_CONFIG.group().id()))
                .accept(rig);
        if (!mode.provisions()) {
            Order ofIpv4 = mode.has(Feature.PREFIXES) ? Order.prefixes(1) : Order.addresses(8);
            vpc().assign(
                            vpc().node(name).primary().id(),
                            mode.families().stream()
                                    .map(family ->
                                            family == Family.IPV4 ? ofIpv4 : Order.ipv6Prefixes(1))
                                    .reduce(Order.NOTHING, Order::and));
        }
        if (mode.takesVlans()) {
            trunks.put(name, vpc().attach(name, creation(Place.NODE).as(Kind.TRUNK)));
        }
    }

    private Creation creation(Place place) {
        return Creation.in(subnet(place), Order.NOTHING).inGroups(place.group().id());
    }

    private String subnet(Place place) {
        return vpc().subnets().get(place.subnet()).id();
    }

    private ModePod attach(String name, VpcNode node, Sort sort) {
        RigPod pod = new RigPod(name);
        NodeRig rig = node.rig();
        if (sort.branch()) {
            Creation creation =
                    Creation.in(subnet(sort.place()), Order.ipv6Addresses(1))
                            .inGroups(sort.place().group().id());
            SimulatedBranch branch =
                    vpc().branch(
                                    Objects.requireNonNull(trunks.get(node.node().name())).id(),
                                    ++vlans,
                                    creation);
            rig.cluster().limit(pod.ref(), RESOURCE, 1);
            rig.cluster().annotate(pod.ref(), PodEni.KEY, PodEniText.of(branch));
        }
        try {
            return ModePod.of(pod, node, sort, add(rig, pod, sort.mode()));
        } catch (RuntimeException e) {
            pod.close();
            throw e;
        }
    }

    private static List<AttachedNetwork> add(NodeRig rig, RigPod pod, Mode of) {
        String[] networks =
                Stream.concat(Stream.of(of.network()), of.furtherNetwork().stream())
                        .map(Object::toString)
                        .toArray(String[]::new);
        for (int tries = 1; ; tries++) {
            try {
                return rig.add(pod, networks);
            } catch (CniException e) {
                rig.del(pod);
                if (tries == TRIES || e.code().value() != 11) {
                    throw e;
                }
            }
        }
    }

    private static void detach(ModePod pod) {
        pod.node().rig().del(pod.pod());
        pod.close();
    }

    SimulatedVpc vpc() {
        return cloud.vpc();
    }

    List<ModePod> pods() {
        return List.copyOf(pods);
    }

    /// On each node.
    Collection<ModePod> onePodOfEachSort() {
        return pods.stream()
                .collect(
                        Collectors.toMap(
                                pod -> List.of(pod.node(), pod.sort()),
                                Function.identity(),
                                (one, _) -> one))
                .values();
    }

    Host host(String owner) {
        return pods.stream()
                .filter(pod -> pod.name().equals(owner))
                .findFirst()
                .map(ModePod::host)
                .orElseGet(() -> hosts.get(owner));
    }

    /// A node's own addresses.
    List<End> nodeEnds(VpcNode node) {
        String name = node.node().name();
        SimulatedEni primary = vpc().node(name).primary();
        return Stream.concat(Stream.of(primary.primary()), primary.primary6().stream())
                .map(address -> new End(name, name, false, address, Place.NODE))
                .toList();
    }

    /// Detaches all pods, and tells what is left of them on their nodes.
    List<String> empty() {
        hosts.values().forEach(Host::close);
        hosts.clear();
        pods.forEach(Landscape::detach);
        pods.clear();
        return nodes.entrySet().stream()
                .flatMap(entry ->
                        Remains.between(
                                        Objects.requireNonNull(before.get(entry.getKey())),
                                        entry.getValue().rig().snapshot())
                                .map(line -> entry.getKey() + ": " + line))
                .toList();
    }

    @Override
    public void close() {
        hosts.values().forEach(Host::close);
        pods.forEach(ModePod::close);
        nodes.values().forEach(VpcNode::close);
        cloud.close();
    }
}
