package io.patchbay.cloud.vpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.cloud.vpc.NetworkInterface.Kind;
import io.patchbay.spi.net.Cidr;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ActionsTest {
    private final Drawn cloud = new Drawn();

    private static Arguments row(String name, Consumer<Drawn> act, String code) {
        return Arguments.of(name, act, code);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                row(
                        "a place beyond the limit of an interface",
                        it -> it.assign(it.attach(it.run("m5.large"), 1), Order.addresses(10)),
                        "PrivateIpAddressLimitExceeded"),
                row(
                        "a prefix takes a place as an address does",
                        it -> {
                            String eni = it.attach(it.run("m5.large"), 1);
                            it.assign(eni, Order.addresses(4));
                            it.assign(eni, Order.prefixes(5));
                            it.assign(eni, Order.prefixes(1));
                        },
                        "PrivateIpAddressLimitExceeded"),
                row(
                        "more at an attachment than the type takes",
                        it -> {
                            String eni = it.create("subnet-large", Order.addresses(10));
                            it.attach(eni, it.run("m5.large"), 0, 1);
                        },
                        "PrivateIpAddressLimitExceeded"),
                row(
                        "prefixes on Xen",
                        it -> it.assign(it.attach(it.run("m4.large"), 1), Order.prefixes(1)),
                        "UnsupportedOperation"),
                row(
                        "an attachment of prefixes to Xen",
                        it -> {
                            String eni = it.create("subnet-large", Order.prefixes(1));
                            it.attach(eni, it.run("t2.medium"), 0, 1);
                        },
                        "UnsupportedOperation"),
                row(
                        "a device that is taken",
                        it -> {
                            String instance = it.run("m5.large");
                            it.attach(instance, 1);
                            it.attach(instance, 1);
                        },
                        "InvalidParameterValue"),
                row(
                        "a card that is not there",
                        it ->
                                it.attach(
                                        it.create("subnet-large", Order.NOTHING),
                                        it.run("m5.large"),
                                        1,
                                        0),
                        "InvalidParameterValue"),
                row(
                        "an interface too many",
                        it -> {
                            String instance = it.run("m5.large");
                            it.attach(instance, 1);
                            it.attach(instance, 2);
                            it.attach(instance, 3);
                        },
                        "AttachmentLimitExceeded"),
                row(
                        "an interface that is attached already",
                        it -> {
                            String instance = it.run("m5.large");
                            it.attach(it.attach(instance, 1), instance, 0, 2);
                        },
                        "InvalidNetworkInterface.InUse"),
                row(
                        "another zone",
                        it ->
                                it.attach(
                                        it.create("subnet-far", Order.NOTHING),
                                        it.run("m5.large"),
                                        0,
                                        1),
                        "InvalidParameterCombination"),
                row("an unknown type", it -> it.run("m5.nano"), "InvalidInstanceType"),
                row(
                        "an unknown subnet",
                        it -> it.create("subnet-9", Order.NOTHING),
                        "InvalidSubnetID.NotFound"),
                row(
                        "an unknown interface",
                        it -> it.assign("eni-9", Order.addresses(1)),
                        "InvalidNetworkInterfaceID.NotFound"),
                row(
                        "what is no id",
                        it -> it.assign("nine", Order.addresses(1)),
                        "InvalidNetworkInterfaceID.Malformed"),
                row("an unknown instance", it -> it.attach("i-9", 1), "InvalidInstanceID.NotFound"),
                row(
                        "an unknown attachment",
                        it -> it.vpc = Attachments.detach(it.vpc, "eni-attach-9"),
                        "InvalidAttachmentID.NotFound"),
                row(
                        "an unknown group",
                        it -> {
                            String eni = it.create("subnet-large", Order.NOTHING);
                            it.vpc =
                                    Interfaces.modify(
                                            it.vpc, eni, new Attribute.Groups(List.of("sg-9")));
                        },
                        "InvalidGroup.NotFound"),
                row(
                        "the deletion of what is attached",
                        it -> {
                            String eni = it.attach(it.run("m5.large"), 1);
                            it.vpc = Interfaces.delete(it.vpc, eni);
                        },
                        "InvalidParameterValue"),
                row(
                        "what is not assigned",
                        it ->
                                it.unassign(
                                        it.create("subnet-large", Order.addresses(1)),
                                        "10.0.1.99/32"),
                        "InvalidParameterValue"),
                row(
                        "the primary address",
                        it ->
                                it.unassign(
                                        it.create("subnet-large", Order.addresses(1)),
                                        "10.0.1.4/32"),
                        "InvalidParameterValue"),
                row(
                        "nothing",
                        it -> it.assign(it.create("subnet-large", Order.NOTHING), Order.NOTHING),
                        "MissingParameter"),
                row(
                        "a trunk on a type without",
                        it -> it.attach(it.create(Drawn.of(Kind.TRUNK)), it.run("t3.large"), 0, 1),
                        "UnsupportedOperation"),
                row(
                        "a VLAN that is taken",
                        it -> {
                            String trunk = trunk(it, "m5.large");
                            it.associate(branch(it), trunk, 7);
                            it.associate(branch(it), trunk, 7);
                        },
                        "InvalidParameterValue"),
                row(
                        "a VLAN that is none",
                        it -> it.associate(branch(it), trunk(it, "m5.large"), 4095),
                        "InvalidParameterValue"),
                row(
                        "a branch too many",
                        it -> {
                            String trunk = trunk(it, "m5.large");
                            for (int vlan = 1; vlan <= 10; vlan++) {
                                it.associate(branch(it), trunk, vlan);
                            }
                        },
                        "AttachmentLimitExceeded"),
                row(
                        "a branch of what is no trunk",
                        it -> it.associate(branch(it), it.attach(it.run("m5.large"), 1), 7),
                        "InvalidParameterValue"),
                row(
                        "a branch as an interface",
                        it -> it.attach(it.create(Drawn.of(Kind.BRANCH)), it.run("m5.large"), 0, 1),
                        "OperationNotPermitted"),
                row(
                        "a tag of AWS's own",
                        it ->
                                it.vpc =
                                        Tags.create(
                                                it.vpc,
                                                List.of("subnet-large"),
                                                Map.of("aws:x", "")),
                        "InvalidParameterValue"));
    }

    private static String trunk(Drawn it, String type) {
        String trunk = it.create(Drawn.of(Kind.TRUNK));
        it.attach(trunk, it.run(type), 0, 1);
        return trunk;
    }

    private static String branch(Drawn it) {
        return it.create("subnet-large", Order.NOTHING);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void isRefusedByItsCode(String name, Consumer<Drawn> act, String code) {
        assertThat(catchThrowableOfType(Ec2Refusal.class, () -> act.accept(cloud)).code())
                .as(name)
                .isEqualTo(code);
    }

    @Test
    void thePrimaryInterfaceStaysAndGoesWithItsInstance() {
        String instance = cloud.run("m5.large");
        NetworkInterface primary = cloud.vpc.attachedTo(instance).getFirst();
        assertThat(primary.attachment().orElseThrow().since()).isEqualTo(Drawn.NOW);
        assertThat(
                        catchThrowableOfType(
                                        Ec2Refusal.class,
                                        () ->
                                                Attachments.detach(
                                                        cloud.vpc,
                                                        primary.attachment().orElseThrow().id()))
                                .code())
                .isEqualTo("OperationNotPermitted");
        String stays = cloud.attach(instance, 1);
        String goes = cloud.attach(instance, 2);
        String attachment = cloud.vpc.getInterface(goes).attachment().orElseThrow().id();
        cloud.vpc =
                Interfaces.modify(
                        cloud.vpc, goes, new Attribute.DeleteOnTermination(attachment, true));
        cloud.vpc = Instances.terminate(cloud.vpc, instance);
        assertThat(cloud.vpc.interfaces()).containsOnlyKeys(stays);
        assertThat(cloud.vpc.getInterface(stays).attachment()).isEmpty();
        assertThat(cloud.vpc.instances()).isEmpty();
    }

    @Test
    void eachCardHasItsOwnDevices() {
        String instance = cloud.run("p4d.24xlarge");
        for (int card = 0; card < 4; card++) {
            for (int device = 1; device <= (card == 0 ? 14 : 15); device++) {
                cloud.attach(cloud.create("subnet-large", Order.NOTHING), instance, card, device);
            }
        }
        assertThat(cloud.vpc.attachedTo(instance)).hasSize(60);
        String more = cloud.create("subnet-large", Order.NOTHING);
        assertThat(
                        catchThrowableOfType(
                                        Ec2Refusal.class, () -> cloud.attach(more, instance, 3, 16))
                                .code())
                .isEqualTo("AttachmentLimitExceeded");
    }

    @Test
    void aBranchLivesOnItsTrunkAndGoes() {
        String trunk = trunk(cloud, "m5.large");
        String branch = branch(cloud);
        String association = cloud.associate(branch, trunk, 7);
        assertThat(cloud.vpc.getInterface(branch).kind()).isEqualTo(Kind.BRANCH);
        String attachment = cloud.vpc.getInterface(trunk).attachment().orElseThrow().id();
        assertThat(
                        catchThrowableOfType(
                                        Ec2Refusal.class,
                                        () -> Attachments.detach(cloud.vpc, attachment))
                                .code())
                .isEqualTo("OperationNotPermitted");
        cloud.vpc = Trunks.disassociate(cloud.vpc, association);
        assertThat(cloud.vpc.getInterface(branch).association()).isEmpty();
        cloud.vpc = Interfaces.delete(cloud.vpc, branch);
        cloud.vpc = Attachments.detach(cloud.vpc, attachment);
        assertThat(cloud.vpc.getInterface(trunk).attachment()).isEmpty();
    }

    @Test
    void tagsAreTakenByKeyOrByKeyAndValue() {
        List<String> eni = List.of(cloud.create("subnet-large", Order.NOTHING));
        cloud.vpc = Tags.create(cloud.vpc, eni, Map.of("a", "1", "b", "2", "c", "3"));
        cloud.vpc =
                Tags.delete(
                        cloud.vpc,
                        eni,
                        Map.of(
                                "a",
                                Optional.empty(),
                                "b",
                                Optional.of("other"),
                                "c",
                                Optional.of("3")));
        assertThat(cloud.vpc.getInterface(eni.getFirst()).tags())
                .containsExactly(Map.entry("b", "2"));
    }

    @Test
    void aFullSubnetLeavesTheInterfaceOfACreationOut() {
        Vpc before = cloud.vpc;
        assertThat(
                        catchThrowableOfType(
                                        Ec2Refusal.class,
                                        () -> cloud.create("subnet-small", Order.addresses(27)))
                                .code())
                .isEqualTo("InsufficientFreeAddressesInSubnet");
        assertThat(cloud.vpc).isEqualTo(before);
        assertThat(cloud.vpc.owner(Cidr.address("10.0.0.4"))).isEmpty();
    }
}
