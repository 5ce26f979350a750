package io.patchbay.cloud.ec2;

import io.patchbay.cloud.control.Faults;
import io.patchbay.cloud.vpc.Choice;
import io.patchbay.cloud.vpc.Creation;
import io.patchbay.cloud.vpc.Instance;
import io.patchbay.cloud.vpc.Instances;
import io.patchbay.cloud.vpc.Ledger;
import io.patchbay.cloud.vpc.Order;
import io.patchbay.cloud.vpc.Permission;
import io.patchbay.cloud.vpc.SecurityGroup;
import io.patchbay.cloud.vpc.Subnet;
import io.patchbay.cloud.vpc.Vpc;
import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;

/// EC2 over a VPC 10.0.0.0/16 with two subnets and an instance, and the SDK's clients of it. Its
/// clock stands until it is moved.
final class TestEc2 implements AutoCloseable {
    static final String REGION = "eu-central-1";

    final Clock clock = new Clock();
    final Faults faults = new Faults(clock);
    final Keys keys = new Keys(clock);
    final Choice choice = Choice.random(1);
    final Ledger ledger;
    final Instance instance;
    final URI endpoint;
    private final Ec2Service service;

    TestEc2(String type) {
        ledger = new Ledger(clock, vpc());
        instance =
                ledger.perform(vpc ->
                        Instances.run(
                                vpc,
                                "node.internal",
                                type,
                                Creation.in("subnet-1", Order.NOTHING),
                                Map.of("Name", "node"),
                                choice,
                                clock.instant()));
        service = new Ec2Service(new World(ledger, choice, clock, faults, keys, REGION));
        endpoint = service.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static Vpc vpc() {
        Permission all = new Permission("-1", 0, 65535, List.of(Cidr.any(false)), List.of());
        Permission dns =
                new Permission("udp", 53, 53, List.of(Cidr.parse("10.0.0.0/16")), List.of("sg-1"));
        return Vpc.of("vpc-1", List.of(Cidr.parse("10.0.0.0/16"), Cidr.parse("2001:db8::/56")))
                .with(subnet("subnet-1", "10.0.0.0/24"))
                .with(subnet("subnet-2", "10.0.1.0/27"))
                .with(new SecurityGroup("sg-1", "default", List.of(all), List.of(all)))
                .with(new SecurityGroup("sg-2", "pods", List.of(dns), List.of(all)));
    }

    private static Subnet subnet(String id, String cidr) {
        return new Subnet(
                id,
                REGION + "a",
                Cidr.parse(cidr),
                Optional.of(
                        Cidr.parse(
                                id.equals("subnet-1") ? "2001:db8:0:1::/64" : "2001:db8:0:2::/64")),
                List.of(),
                Map.of("kubernetes.io/role/cni", "1"));
    }

    Ec2Client client() {
        return client(REGION, keys.session(Duration.ofHours(1)));
    }

    Ec2Client client(String region, Credential credential) {
        AwsCredentials signed =
                credential
                        .token()
                        .<AwsCredentials>map(token ->
                                AwsSessionCredentials.create(
                                        credential.accessKeyId(),
                                        credential.secretAccessKey(),
                                        token))
                        .orElseGet(() ->
                                AwsBasicCredentials.create(
                                        credential.accessKeyId(), credential.secretAccessKey()));
        return client(endpoint, region, signed);
    }

    static Ec2Client client(URI endpoint, String region, AwsCredentials credentials) {
        return Ec2Client.builder()
                .region(Region.of(region))
                .endpointOverride(endpoint)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(
                        settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    @Override
    public void close() {
        service.close();
    }
}
