package io.patchbay.cloud.ec2;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cloud.vpc.InstanceType;
import io.patchbay.cloud.vpc.InstanceTypes;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.NetworkCardInfo;

/// The second witness: the same calls, answered by moto. Its subnet is larger, for moto draws
/// addresses without looking.
@Tag("moto")
class MotoTest implements ModelledCalls {
    private static Moto moto;
    private static Ec2Client client;

    private String subnet;
    private String group;
    private String instance;

    @BeforeAll
    static void start() {
        moto = Moto.start();
        client =
                TestEc2.client(
                        moto.endpoint(),
                        TestEc2.REGION,
                        AwsBasicCredentials.create("AKIAEXAMPLE", "secret"));
    }

    @AfterAll
    static void stop() {
        client.close();
        moto.close();
    }

    @BeforeEach
    void prepare() {
        String vpc = client.createVpc(request -> request.cidrBlock("10.0.0.0/16")).vpc().vpcId();
        subnet =
                client.createSubnet(request ->
                                request.vpcId(vpc)
                                        .cidrBlock("10.0.0.0/17")
                                        .availabilityZone(TestEc2.REGION + "a"))
                        .subnet()
                        .subnetId();
        group =
                client.createSecurityGroup(
                                request -> request.vpcId(vpc).groupName("pods").description("pods"))
                        .groupId();
        instance =
                client.runInstances(request ->
                                request.imageId("ami-12c6146b")
                                        .instanceType("m5.large")
                                        .subnetId(subnet)
                                        .minCount(1)
                                        .maxCount(1))
                        .instances()
                        .getFirst()
                        .instanceId();
    }

    @AfterEach
    void terminate() {
        client.terminateInstances(request -> request.instanceIds(instance));
    }

    @Override
    public Ec2Client ec2() {
        return client;
    }

    @Override
    public String subnet() {
        return subnet;
    }

    @Override
    public String group() {
        return group;
    }

    @Override
    public String instance() {
        return instance;
    }

    /// Moto has EC2's own list; the limits of branches are not in it.
    @Test
    void theLimitsOfEveryTypeAreThoseThatMotoHas() {
        Map<String, InstanceTypeInfo> theirs =
                client.describeInstanceTypesPaginator(_ -> {}).instanceTypes().stream()
                        .collect(
                                Collectors.toMap(
                                        InstanceTypeInfo::instanceTypeAsString, type -> type));
        assertThat(InstanceTypes.all().values())
                .allSatisfy(type ->
                        assertThat(limits(requireNonNull(theirs.get(type.name()))))
                                .isEqualTo(
                                        new InstanceType(
                                                type.name(),
                                                type.hypervisor(),
                                                type.bareMetal(),
                                                type.cards(),
                                                type.addresses(),
                                                0)));
    }

    private static InstanceType limits(InstanceTypeInfo type) {
        List<Integer> cards =
                type.networkInfo().networkCards().stream()
                        .map(NetworkCardInfo::maximumNetworkInterfaces)
                        .toList();
        return new InstanceType(
                type.instanceTypeAsString(),
                type.hypervisorAsString() == null ? "" : type.hypervisorAsString(),
                type.bareMetal(),
                cards,
                type.networkInfo().ipv4AddressesPerInterface(),
                0);
    }
}
