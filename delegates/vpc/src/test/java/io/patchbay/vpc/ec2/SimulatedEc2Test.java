package io.patchbay.vpc.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.cloud.control.Fault;
import io.patchbay.cloud.control.Faults;
import io.patchbay.cloud.control.Weather;
import io.patchbay.cloud.ec2.Credential;
import io.patchbay.cloud.ec2.Ec2Service;
import io.patchbay.cloud.ec2.Keys;
import io.patchbay.cloud.ec2.World;
import io.patchbay.cloud.vpc.Assignments;
import io.patchbay.cloud.vpc.Choice;
import io.patchbay.cloud.vpc.Instance;
import io.patchbay.cloud.vpc.Instances;
import io.patchbay.cloud.vpc.Ledger;
import io.patchbay.cloud.vpc.Permission;
import io.patchbay.cloud.vpc.SecurityGroup;
import io.patchbay.cloud.vpc.Vpc;
import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.eni.CloudException;
import io.patchbay.vpc.eni.CloudException.Reason;
import io.patchbay.vpc.eni.ConnectionTracking;
import io.patchbay.vpc.eni.Creation;
import io.patchbay.vpc.eni.InstanceLimits;
import io.patchbay.vpc.eni.NetworkInterface;
import io.patchbay.vpc.eni.Order;
import io.patchbay.vpc.imds.ScriptedImds;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The simulated cloud over HTTP, with its signatures checked.
class SimulatedEc2Test {
    private static final String REGION = "eu-central-1";
    private static final String ZONE = "eu-central-1a";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Cidr IPV6 = Cidr.parse("2001:db8:0:1::/64");
    private static final InstantSource CLOCK = InstantSource.system();

    private static final ConnectionTracking TRACKING =
            new ConnectionTracking(Optional.of(350), Optional.empty(), Optional.of(45));

    private final Faults faults = new Faults(CLOCK);
    private final Keys keys = new Keys(CLOCK);
    private final Choice choice = Choice.random(1);
    private final Ledger ledger = new Ledger(CLOCK, vpc());
    private final Instance node =
            ledger.perform(vpc ->
                    Instances.run(
                            vpc,
                            "node.internal",
                            "m5.large",
                            io.patchbay.cloud.vpc.Creation.in(
                                    "subnet-1", io.patchbay.cloud.vpc.Order.NOTHING),
                            Map.of(),
                            choice,
                            CLOCK.instant()));
    private final Ec2Service service =
            new Ec2Service(new World(ledger, choice, CLOCK, faults, keys, REGION));
    private final URI endpoint =
            service.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final ScriptedImds imds = role(keys.session(Duration.ofHours(1)));
    private final SdkEc2 ec2 = ec2(REGION, imds);
    private int tokens;

    private static Vpc vpc() {
        Permission all = new Permission("-1", 0, 65535, List.of(Cidr.any(false)), List.of());
        return Vpc.of("vpc-1", List.of(Cidr.parse("10.0.0.0/16")))
                .with(subnet("subnet-1", "10.0.0.0/24", Optional.of(IPV6)))
                .with(subnet("subnet-2", "10.0.1.0/27", Optional.empty()))
                .with(new SecurityGroup("sg-1", "default", List.of(all), List.of(all)))
                .with(new SecurityGroup("sg-2", "pods", List.of(all), List.of(all)));
    }

    private static io.patchbay.cloud.vpc.Subnet subnet(
            String id, String cidr, Optional<Cidr> ipv6) {
        return new io.patchbay.cloud.vpc.Subnet(
                id, ZONE, Cidr.parse(cidr), ipv6, List.of(), Map.of("kubernetes.io/role/cni", "1"));
    }

    private static ScriptedImds role(Credential credential) {
        return Role.served(
                credential.accessKeyId(),
                credential.secretAccessKey(),
                credential.token().orElseThrow());
    }

    private SdkEc2 ec2(String region, ScriptedImds role) {
        return new SdkEc2(new Access(region, Optional.of(endpoint), role.endpoint(), PATIENCE));
    }

    @BeforeEach
    void noFaults() {
        faults.clear();
    }

    @AfterEach
    void close() {
        ec2.close();
        imds.close();
        service.close();
    }

    private Creation wanted(String subnet, Order order) {
        return new Creation(
                "token-" + ++tokens,
                subnet,
                List.of("sg-1"),
                "patchbay",
                Map.of("own", "x"),
                Optional.of(TRACKING),
                order);
    }

    private static Reason reason(ThrowingCallable call) {
        return catchThrowableOfType(CloudException.class, call).reason();
    }

    @Test
    void anInterfaceRemembersConnectionsAsLongAsItIsTold() {
        String id = ec2.create(wanted("subnet-1", Order.addresses(0))).id();
        assertThat(
                        ec2.tagged("vpc-1", "own").stream()
                                .filter(eni -> eni.id().equals(id))
                                .map(NetworkInterface::tracking))
                .containsExactly(Optional.of(TRACKING));
    }

    @Test
    void anInterfaceLivesFromItsCreationToItsDeletion() {
        NetworkInterface made = ec2.create(wanted("subnet-1", Order.prefixes(1)));
        assertThat(made.blocks())
                .singleElement()
                .satisfies(block -> assertThat(block.prefix()).isEqualTo(28));
        assertThat(made.attachment()).isEmpty();
        String attachment = ec2.attach(made.id(), node.id(), 0, 1);
        ec2.deleteOnTermination(made.id(), attachment);
        ec2.replaceGroups(made.id(), List.of("sg-2"));
        ec2.tag(made.id(), Map.of("more", "y"));
        List<Cidr> assigned = ec2.assign(made.id(), Order.addresses(2));
        assertThat(assigned).hasSize(2).allMatch(block -> block.prefix() == 32);
        NetworkInterface seen =
                ec2.attachedTo(node.id()).stream()
                        .filter(eni -> eni.id().equals(made.id()))
                        .findFirst()
                        .orElseThrow();
        assertThat(seen.blocks()).containsAll(assigned).containsAll(made.blocks()).hasSize(3);
        assertThat(seen.groups()).containsExactly("sg-2");
        assertThat(seen.tags()).containsEntry("own", "x").containsEntry("more", "y");
        assertThat(seen.attachment().orElseThrow())
                .satisfies(at -> {
                    assertThat(at.id()).isEqualTo(attachment);
                    assertThat(at.device()).isEqualTo(1);
                    assertThat(at.deleteOnTermination()).isTrue();
                });
        ec2.unassign(made.id(), seen.blocks());
        assertThat(ec2.tagged("vpc-1", "own"))
                .singleElement()
                .satisfies(eni -> assertThat(eni.blocks()).isEmpty());
        ec2.detach(attachment);
        ec2.delete(made.id());
        assertThat(ec2.tagged("vpc-1", "own")).isEmpty();
    }

    @Test
    void prefixesOfIpv6ComeAndGoBesideThoseOfIpv4() {
        NetworkInterface made = ec2.create(wanted("subnet-1", Order.ipv6Prefixes(1)));
        assertThat(made.primary6()).isEmpty();
        assertThat(made.blocks())
                .singleElement()
                .satisfies(block -> {
                    assertThat(block.prefix()).isEqualTo(80);
                    assertThat(IPV6.contains(block.address())).isTrue();
                });
        List<Cidr> more = ec2.assign(made.id(), Order.ipv6Prefixes(2));
        List<Cidr> ipv4 = ec2.assign(made.id(), Order.prefixes(1));
        assertThat(more).hasSize(2).allMatch(block -> block.prefix() == 80);
        assertThat(own().blocks())
                .containsExactlyInAnyOrder(
                        made.blocks().getFirst(), more.getFirst(), more.getLast(), ipv4.getFirst());
        ec2.unassign(made.id(), List.of(more.getFirst(), ipv4.getFirst()));
        assertThat(own().blocks())
                .containsExactlyInAnyOrder(made.blocks().getFirst(), more.getLast());
    }

    private NetworkInterface own() {
        return ec2.tagged("vpc-1", "own").getFirst();
    }

    @Test
    void anInterfacesOwnAddressOfIpv6IsNoBlockOfIt() {
        NetworkInterface made = ec2.create(wanted("subnet-1", Order.addresses(0)));
        List<Cidr> own =
                ledger.perform(vpc ->
                        Assignments.assign(
                                vpc,
                                made.id(),
                                io.patchbay.cloud.vpc.Order.of(
                                        Cidr.parse("2001:db8:0:1::77/128"),
                                        Cidr.parse("2001:db8:0:1::78/128")),
                                choice));
        assertThat(own().primary6()).contains(own.getFirst().address());
        assertThat(own().blocks()).containsExactly(own.getLast());
        ec2.unassign(made.id(), List.of(own.getLast()));
        assertThat(own().blocks()).isEmpty();
    }

    @Test
    void ofIpv6AnInterfaceTakesAsManyAsOfIpv4AndASubnetWithoutItNone() {
        String eni = ec2.create(wanted("subnet-1", Order.addresses(0))).id();
        ec2.attach(eni, node.id(), 0, 1);
        ec2.assign(eni, Order.addresses(9));
        ec2.assign(eni, Order.ipv6Prefixes(10));
        assertThat(reason(() -> ec2.assign(eni, Order.ipv6Prefixes(1)))).isEqualTo(Reason.ENI_FULL);
        String other = ec2.create(wanted("subnet-2", Order.addresses(0))).id();
        assertThatThrownBy(() -> ec2.assign(other, Order.ipv6Prefixes(1)))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED))
                .hasMessageContaining("AssignIpv6Addresses of " + other)
                .hasMessageContaining("'subnet-2' does not have an associated IPv6 CIDR block");
        assertThat(reason(() -> ec2.unassign(eni, List.of(Cidr.parse("2001:db8:0:1:7fff::/80")))))
                .isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void theSameTokenGivesTheSameInterfaceAlsoAfterALostAnswer() {
        Creation wanted = wanted("subnet-1", Order.addresses(1));
        faults.next("CreateNetworkInterface", 1, new Fault.Lose());
        assertThat(reason(() -> ec2.create(wanted))).isEqualTo(Reason.SILENT);
        String id = ec2.create(wanted).id();
        assertThat(ec2.create(wanted).id()).isEqualTo(id);
        assertThat(ec2.tagged("vpc-1", "own")).hasSize(1);
    }

    @Test
    void theNodeIsRead() {
        assertThat(ec2.limits("m5.large")).isEqualTo(new InstanceLimits(List.of(3), 10, true));
        assertThat(ec2.subnets("vpc-1", ZONE))
                .extracting(
                        subnet -> "%s %s %s".formatted(subnet.id(), subnet.cidr(), subnet.cidr6()))
                .containsExactlyInAnyOrder(
                        "subnet-1 10.0.0.0/24 Optional[2001:db8:0:1::/64]",
                        "subnet-2 10.0.1.0/27 Optional.empty");
        assertThat(ec2.subnets("vpc-1", "eu-central-1b")).isEmpty();
        assertThat(ec2.existing(List.of(node.id(), "i-00000000000000000")))
                .isEqualTo(Set.of(node.id()));
    }

    @Test
    void anInstanceTypeThatNobodyKnowsIsRefused() {
        assertThat(reason(() -> ec2.limits("z9.colossal"))).isEqualTo(Reason.REFUSED);
    }

    @Test
    void aSubnetRunsFullAndFragmented() {
        String eni = ec2.create(wanted("subnet-2", Order.addresses(0))).id();
        // A /27 has 27 addresses for interfaces, and in neither half a whole prefix.
        assertThat(reason(() -> ec2.assign(eni, Order.prefixes(1))))
                .isEqualTo(Reason.SUBNET_FRAGMENTED);
        ec2.assign(eni, Order.addresses(9));
        String second = ec2.create(wanted("subnet-2", Order.addresses(9))).id();
        assertThat(reason(() -> ec2.assign(second, Order.prefixes(1))))
                .isEqualTo(Reason.SUBNET_FULL);
        assertThat(reason(() -> ec2.create(wanted("subnet-2", Order.addresses(15)))))
                .isEqualTo(Reason.SUBNET_FULL);
        String third = ec2.create(wanted("subnet-2", Order.addresses(0))).id();
        assertThat(reason(() -> ec2.assign(third, Order.addresses(9))))
                .isEqualTo(Reason.SUBNET_FULL);
    }

    @Test
    void anInterfaceAndAnInstanceRunFull() {
        String eni = ec2.create(wanted("subnet-1", Order.addresses(0))).id();
        ec2.attach(eni, node.id(), 0, 1);
        ec2.assign(eni, Order.addresses(9));
        assertThat(reason(() -> ec2.assign(eni, Order.addresses(1)))).isEqualTo(Reason.ENI_FULL);
        String second = ec2.create(wanted("subnet-1", Order.addresses(0))).id();
        assertThat(reason(() -> ec2.attach(second, node.id(), 0, 1)))
                .isEqualTo(Reason.INSTANCE_FULL);
        ec2.attach(second, node.id(), 0, 2);
        String third = ec2.create(wanted("subnet-1", Order.addresses(0))).id();
        assertThat(reason(() -> ec2.attach(third, node.id(), 0, 3)))
                .isEqualTo(Reason.INSTANCE_FULL);
    }

    @Test
    void whatIsInUseIsBusyAndWhatIsNotThereIsNotFound() {
        String eni = ec2.create(wanted("subnet-1", Order.addresses(0))).id();
        ec2.attach(eni, node.id(), 0, 1);
        assertThat(reason(() -> ec2.delete(eni))).isEqualTo(Reason.BUSY);
        assertThat(reason(() -> ec2.attach(eni, node.id(), 0, 2))).isEqualTo(Reason.BUSY);
        assertThat(reason(() -> ec2.delete("eni-00000000000000000"))).isEqualTo(Reason.NOT_FOUND);
        assertThat(reason(() -> ec2.detach("eni-attach-00000000000000000")))
                .isEqualTo(Reason.NOT_FOUND);
        assertThat(reason(() -> ec2.create(wanted("subnet-9", Order.addresses(0)))))
                .isEqualTo(Reason.NOT_FOUND);
        assertThat(reason(() -> ec2.unassign(eni, List.of(Cidr.parse("10.0.0.99/32")))))
                .isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void faultsAreToldApart() {
        faults.next("DescribeSubnets", 1, Fault.unauthorized());
        assertThat(reason(this::subnets)).isEqualTo(Reason.DENIED);
        faults.next("DescribeSubnets", 1, Fault.unavailable());
        assertThat(reason(this::subnets)).isEqualTo(Reason.SILENT);
        faults.next("DescribeSubnets", 1, Fault.internalError());
        assertThat(reason(this::subnets)).isEqualTo(Reason.SILENT);
        faults.next("DescribeSubnets", 1, new Fault.Lose());
        assertThat(reason(this::subnets)).isEqualTo(Reason.SILENT);
        faults.next("DescribeSubnets", 1, new Fault.Garble());
        assertThat(reason(this::subnets)).isEqualTo(Reason.GARBLED);
        faults.next("DescribeSubnets", 1, new Fault.Refuse(400, "UnsupportedOperation", "no"));
        assertThat(reason(this::subnets)).isEqualTo(Reason.REFUSED);
        assertThat(subnets()).hasSize(2);
        assertThat(faults.calls()).containsEntry("DescribeSubnets", 7L);
    }

    @Test
    void tooManyCallsAreThrottled() {
        faults.set(Weather.FAIR.limit("DescribeSubnets", 1, 0.001));
        assertThat(subnets()).hasSize(2);
        assertThat(reason(this::subnets)).isEqualTo(Reason.THROTTLED);
        assertThat(faults.throttled()).containsEntry("DescribeSubnets", 1L);
    }

    @Test
    void credentialsOfAnotherRegionOrThatEndedAreDenied() {
        try (SdkEc2 elsewhere = ec2("us-east-1", imds)) {
            assertThat(reason(() -> elsewhere.subnets("vpc-1", ZONE))).isEqualTo(Reason.DENIED);
        }
        faults.set(Weather.FAIR.credentialsExpired(true));
        assertThat(reason(this::subnets)).isEqualTo(Reason.DENIED);
    }

    private List<?> subnets() {
        return ec2.subnets("vpc-1", ZONE);
    }
}
