package io.patchbay.cloud.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cloud.control.Faults;
import io.patchbay.cloud.controller.aws.SdkEc2;
import io.patchbay.cloud.ec2.Ec2Access;
import io.patchbay.cloud.ec2.Ec2Service;
import io.patchbay.cloud.ec2.Keys;
import io.patchbay.cloud.ec2.World;
import io.patchbay.cloud.vpc.Choice;
import io.patchbay.cloud.vpc.Creation;
import io.patchbay.cloud.vpc.Instance;
import io.patchbay.cloud.vpc.Instances;
import io.patchbay.cloud.vpc.Ledger;
import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.cloud.vpc.NetworkInterface.Kind;
import io.patchbay.cloud.vpc.Order;
import io.patchbay.cloud.vpc.SecurityGroup;
import io.patchbay.cloud.vpc.Subnet;
import io.patchbay.cloud.vpc.Vpc;
import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A cluster without Kubernetes on a simulated EC2, which is asked over HTTP by the SDK, and a
/// controller that a test lets work. Requests are signed by the machine's clock; all else goes by
/// one that stands until it is moved.
final class TestRegion implements AutoCloseable {
    static final ControllerSettings SETTINGS = ControllerSettings.OF_EKS;

    final HandClock clock = new HandClock();
    final MemoryControlPlane plane = new MemoryControlPlane();
    final Ledger ledger = new Ledger(clock, vpc());
    final Faults faults = new Faults(clock);
    final Ec2 ec2;
    private final Choice choice = Choice.random(1);
    private final Ec2Service service;
    private ControllerSettings settings = SETTINGS;
    private Reconciler reconciler;

    TestRegion() {
        Keys keys = new Keys(InstantSource.system());
        service = new Ec2Service(new World(ledger, choice, clock, faults, keys, "eu-central-1"));
        URI endpoint = service.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        ec2 = SdkEc2.open(new Ec2Access(endpoint, endpoint, "eu-central-1", keys.user()));
        reconciler = reconciler(ec2);
        plane.put(
                new SecurityGroupPolicy(
                        "core",
                        "db",
                        Optional.of(LabelSelector.of(Map.of("role", "db"))),
                        Optional.empty(),
                        List.of("sg-2")));
    }

    private static Vpc vpc() {
        return Vpc.of("vpc-1", List.of(Cidr.parse("10.0.0.0/16")))
                .with(subnet("subnet-1", "10.0.0.0/22", Optional.empty()))
                .with(subnet("subnet-2", "10.0.4.0/24", Optional.of("2001:db8:0:2::/64")))
                .with(new SecurityGroup("sg-1", "default", List.of(), List.of()))
                .with(new SecurityGroup("sg-2", "db", List.of(), List.of()));
    }

    private static Subnet subnet(String id, String cidr, Optional<String> ipv6) {
        return new Subnet(
                id, "eu-central-1a", Cidr.parse(cidr), ipv6.map(Cidr::parse), List.of(), Map.of());
    }

    /// Begins a controller anew, as after a kill.
    void restart(UnaryOperator<Ec2> through) {
        reconciler = reconciler(through.apply(ec2));
    }

    void restart() {
        restart(UnaryOperator.identity());
    }

    void settings(ControllerSettings now) {
        settings = now;
        restart();
    }

    private Reconciler reconciler(Ec2 through) {
        return new Reconciler(Means.of(through, plane, clock, settings));
    }

    /// Boots an instance, whose node wants branches.
    String node(String name, String type) {
        Instance instance =
                ledger.perform(vpc ->
                        Instances.run(
                                vpc,
                                name,
                                type,
                                Creation.in("subnet-1", Order.NOTHING),
                                Map.of(),
                                choice,
                                clock.instant()));
        plane.put(new Node(name, Optional.of(instance.id()), Optional.empty()));
        plane.put(new CniNode(name, Map.of(CniNode.BRANCHES, "")));
        return instance.id();
    }

    Pod pod(String name, String node) {
        Pod pod =
                new Pod(
                        "core",
                        name,
                        UUID.randomUUID().toString(),
                        Map.of("role", "db"),
                        "default",
                        Optional.of(node),
                        true,
                        false,
                        Optional.empty());
        plane.put(pod);
        return pod;
    }

    void delete(String name) {
        plane.deletePod("core/" + name);
    }

    /// Lets the controller work for so long, whose clock jumps to where there is something to do.
    void work(Duration span) {
        Instant end = clock.instant().plus(span);
        while (true) {
            ClusterState seen = plane.now();
            Instant next = reconciler.step(seen);
            if (!plane.now().equals(seen)) {
                continue;
            }
            if (next.isAfter(end)) {
                clock.moveTo(end);
                return;
            }
            clock.moveTo(next.isAfter(clock.instant()) ? next : clock.instant().plusMillis(10));
        }
    }

    void work() {
        work(Duration.ofSeconds(5));
    }

    Stream<NetworkInterface> interfaces(Kind kind) {
        return ledger.now().interfaces().values().stream().filter(eni -> eni.kind() == kind);
    }

    /// All that was created by the controller, on a trunk or not.
    List<NetworkInterface> branches() {
        return ledger.now().interfaces().values().stream()
                .filter(eni -> eni.tags().containsKey("vpcresources.k8s.aws/trunk-eni-id"))
                .toList();
    }

    Optional<NetworkInterface> branchOf(String pod) {
        return plane.findPod("core/" + pod)
                .flatMap(Pod::branch)
                .flatMap(BranchAnnotation::eni)
                .map(eni -> ledger.now().interfaces().get(eni));
    }

    List<String> warnings(String pod) {
        return plane.events().stream()
                .filter(event -> event.subject().name().equals(pod))
                .filter(event -> event.type() == ControlPlane.EventType.WARNING)
                .map(MemoryControlPlane.Event::sentence)
                .toList();
    }

    /// Every pod has a branch on its node's trunk, by the VLAN and groups that it was told; there
    /// is no other interface of the controller than those and one trunk a node.
    void assertThatPodsAndBranchesAgree() {
        Vpc vpc = ledger.now();
        List<String> taken =
                plane.now().pods().values().stream().map(pod -> told(vpc, pod)).toList();
        assertThat(taken).doesNotHaveDuplicates();
        assertThat(branches()).extracting(NetworkInterface::id).hasSameElementsAs(taken);
        assertThat(branches())
                .extracting(eni -> eni.association().orElseThrow())
                .extracting(at -> at.trunk() + " " + at.vlan())
                .doesNotHaveDuplicates();
        assertThat(interfaces(Kind.TRUNK)).hasSameSizeAs(plane.now().nodes().values());
        assertThat(interfaces(Kind.TRUNK)).allMatch(eni -> eni.attachment().isPresent());
    }

    private String told(Vpc vpc, Pod pod) {
        String annotation = pod.branch().orElseThrow(() -> new AssertionError(pod + " has none"));
        NetworkInterface eni = vpc.getInterface(BranchAnnotation.eni(annotation).orElseThrow());
        var at = eni.association().orElseThrow();
        NetworkInterface trunk = vpc.getInterface(at.trunk());
        assertThat(trunk.attachment().orElseThrow().instance())
                .isEqualTo(
                        pod.node()
                                .map(plane.now().nodes()::get)
                                .flatMap(Node::instance)
                                .orElseThrow());
        assertThat(eni.groups()).isEqualTo(plane.now().groups(pod));
        assertThat(annotation)
                .contains(
                        "\"vlanId\":%d,".formatted(at.vlan()),
                        "\"associationID\":\"%s\"".formatted(at.id()),
                        "\"ifAddress\":\"%s\"".formatted(eni.mac()),
                        "\"privateIp\":\"%s\"".formatted(Cidr.text(eni.primary())));
        return eni.id();
    }

    @Override
    public void close() {
        ec2.close();
        service.close();
    }
}
