package io.patchbay.cloud.vpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cloud.vpc.Attachments.Place;
import io.patchbay.cloud.vpc.NetworkInterface.Attachment;
import io.patchbay.cloud.vpc.NetworkInterface.Kind;
import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Actions drawn at random, with what must hold after each: no address twice, none that is
/// reserved, no limit exceeded, and a refusal leaves all as it was.
class RandomActionsTest {
    private static final int ACTIONS = 600;
    private static final List<String> TYPES = List.of("t3.medium", "m5.large", "m4.large");

    private final Map<String, Integer> seen = new TreeMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void keepWhatMustHold(long seed) {
        Random random = new Random(seed);
        Choice choice = Choice.random(seed);
        Drawn drawn = new Drawn();
        drawn.reserve("subnet-large", "10.0.1.128/26", Reservation.Type.PREFIX);
        TYPES.forEach(drawn::run);
        Vpc vpc = drawn.vpc;
        for (int i = 0; i < ACTIONS; i++) {
            Vpc before = vpc;
            Map<String, NetworkInterface> interfaces = Map.copyOf(before.interfaces());
            try {
                vpc = act(vpc, random, choice);
                seen.merge("done", 1, Integer::sum);
            } catch (Ec2Refusal refusal) {
                seen.merge(refusal.code(), 1, Integer::sum);
                assertThat(before.interfaces()).isEqualTo(interfaces);
            }
            holds(vpc);
        }
        // A run that meets none of these tests nothing.
        assertThat(seen)
                .containsKeys(
                        "done",
                        "PrivateIpAddressLimitExceeded",
                        "InvalidParameterValue",
                        "AttachmentLimitExceeded",
                        "InvalidNetworkInterface.InUse",
                        "UnsupportedOperation");
    }

    private static Vpc act(Vpc vpc, Random random, Choice choice) {
        List<NetworkInterface> all = List.copyOf(vpc.interfaces().values());
        NetworkInterface eni = all.get(random.nextInt(all.size()));
        List<String> instances = List.copyOf(vpc.instances().keySet());
        String instance = instances.get(random.nextInt(instances.size()));
        return switch (random.nextInt(10)) {
            case 0, 1 ->
                    Interfaces.create(
                                    vpc,
                                    Creation.in(
                                            random.nextInt(4) == 0
                                                    ? "subnet-small"
                                                    : "subnet-large",
                                            order(random)),
                                    choice)
                            .vpc();
            case 2, 3 ->
                    Attachments.attach(
                                    vpc,
                                    eni.id(),
                                    new Place(instance, 0, random.nextInt(5)),
                                    choice,
                                    Drawn.NOW)
                            .vpc();
            case 4 ->
                    Attachments.detach(
                            vpc, eni.attachment().map(Attachment::id).orElse("eni-attach-0"));
            case 5 -> Interfaces.delete(vpc, eni.id());
            case 6, 7 -> Assignments.assign(vpc, eni.id(), order(random), choice).vpc();
            case 8 ->
                    Assignments.unassign(
                            vpc,
                            eni.id(),
                            eni.blocks().stream().filter(_ -> random.nextBoolean()).toList());
            default -> Interfaces.create(vpc, Drawn.of(Kind.TRUNK), choice).vpc();
        };
    }

    private static Order order(Random random) {
        return random.nextBoolean()
                ? Order.addresses(1 + random.nextInt(6))
                : Order.prefixes(1 + random.nextInt(2));
    }

    private static void holds(Vpc vpc) {
        Set<InetAddress> taken = new HashSet<>();
        List<InetAddress> wrong = new ArrayList<>();
        for (NetworkInterface eni : vpc.interfaces().values()) {
            Subnet subnet = vpc.getSubnet(eni.subnet());
            List<Cidr> blocks = new ArrayList<>(eni.assigned().toList());
            for (Cidr block : blocks) {
                block.addresses()
                        .filter(address -> !taken.add(address) || !subnet.cidr().contains(address))
                        .forEach(wrong::add);
                assertThat(block.network()).isEqualTo(block);
            }
            assertThat(blocks)
                    .allMatch(block ->
                            block.prefix() == 28
                                    || !Cidr.parse("10.0.1.128/26").contains(block.address()));
        }
        assertThat(wrong).as("twice, or outside the subnet").isEmpty();
        for (Subnet subnet : vpc.subnets().values()) {
            long last = (1L << (32 - subnet.cidr().prefix())) - 1;
            for (long offset : new long[] {0, 1, 2, 3, last}) {
                assertThat(taken).doesNotContain(subnet.cidr().at(offset));
            }
        }
        vpc.instances()
                .values()
                .forEach(instance -> {
                    InstanceType type = InstanceTypes.get(instance.type());
                    List<NetworkInterface> attached = vpc.attachedTo(instance.id());
                    assertThat(attached.size()).isLessThanOrEqualTo(type.interfaces());
                    assertThat(attached)
                            .allMatch(eni -> 1 + eni.blocks().size() <= type.addresses())
                            .allMatch(eni ->
                                    type.takesPrefixes()
                                            || eni.blocks().stream()
                                                    .allMatch(b -> b.prefix() == 32));
                    assertThat(
                                    attached.stream()
                                            .map(eni -> eni.attachment().orElseThrow().device()))
                            .doesNotHaveDuplicates();
                });
    }
}
