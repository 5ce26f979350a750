package io.patchbay.cloud.imds;

import static io.patchbay.cloud.fabric.Drawn.attached;
import static io.patchbay.cloud.fabric.Drawn.eni;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cloud.fabric.Drawn;
import io.patchbay.cloud.fabric.Fabric;
import io.patchbay.cloud.fabric.TestNode;
import io.patchbay.cloud.vpc.Ledger;
import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.cloud.vpc.NetworkInterface.Kind;
import io.patchbay.cloud.vpc.Subnet;
import io.patchbay.cloud.vpc.Vpc;
import io.patchbay.spi.net.Change.CreateLink;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.LinkSpec.Head;
import io.patchbay.spi.net.LinkSpec.Veth;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel")
class MetadataServiceKernelTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String URL = "http://169.254.169.254/latest/";
    private static final String MACS = "meta-data/network/interfaces/macs/";
    private static final NetworkInterface FIRST =
            attached(
                    eni(1, "10.0.0.4", "10.0.0.5/32", "10.0.0.16/28", "2001:db8::5/128"),
                    "i-a",
                    0,
                    0);
    private static final NetworkInterface SECOND =
            attached(eni(2, "10.0.1.4", "2001:db8:0:1::/80", "10.0.1.32/28"), "i-a", 1, 2);

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final TestNode node = new TestNode();
    private final Ledger ledger = new Ledger(now::get, drawn());
    private final Fabric fabric = Fabric.of(ledger);
    private final MetadataService service =
            MetadataService.open(ledger, fabric.netns(), Fabric.METADATA, now::get);

    private static Vpc drawn() {
        return Drawn.empty()
                .with(subnet("subnet-1", "10.0.0.0/24", "2001:db8::/64"))
                .with(subnet("subnet-2", "10.0.1.0/24", "2001:db8:0:1::/64"))
                .with(FIRST)
                .with(SECOND);
    }

    private static Subnet subnet(String id, String cidr, String ipv6) {
        return new Subnet(
                id,
                "eu-central-1a",
                Cidr.parse(cidr),
                Optional.of(Cidr.parse(ipv6)),
                List.of(),
                Map.of());
    }

    @BeforeEach
    void boot() {
        fabric.place("i-a", node.netns());
        node.run("ip", "link", "set", "eth0", "up");
        node.run("ip", "address", "add", "10.0.0.4/24", "dev", "eth0");
        node.run("ip", "route", "add", "default", "via", "10.0.0.1");
    }

    @AfterEach
    void close() {
        service.close();
        fabric.close();
        node.close();
    }

    private static String token(TestNode from) {
        return from.run(
                        "curl",
                        "-s",
                        "-m5",
                        "-XPUT",
                        "-H",
                        "X-aws-ec2-metadata-token-ttl-seconds: 60",
                        URL + "api/token")
                .output();
    }

    private String status(String path, String... words) {
        String[] line = {"curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", URL + path};
        return node.run(
                        Stream.concat(Arrays.stream(line), Arrays.stream(words))
                                .toArray(String[]::new))
                .output();
    }

    private String read(String path) {
        return node.run(
                        "curl",
                        "-s",
                        "-f",
                        "-H",
                        "X-aws-ec2-metadata-token: " + token(node),
                        URL + path)
                .output();
    }

    @Test
    void everyKeyOfAnInterfaceIsTold() {
        assertThat(read(MACS).lines()).containsExactly(FIRST.mac() + "/", SECOND.mac() + "/");
        String first = MACS + FIRST.mac() + "/";
        String second = MACS + SECOND.mac() + "/";
        assertThat(read(first).lines())
                .containsExactly(
                        "device-number",
                        "interface-id",
                        "ipv4-prefix",
                        "ipv6s",
                        "local-ipv4s",
                        "mac",
                        "network-card",
                        "security-group-ids",
                        "security-groups",
                        "subnet-id",
                        "subnet-ipv4-cidr-block",
                        "subnet-ipv6-cidr-blocks",
                        "vpc-id",
                        "vpc-ipv4-cidr-block",
                        "vpc-ipv4-cidr-blocks");
        assertThat(read(first + "local-ipv4s").lines()).containsExactly("10.0.0.4", "10.0.0.5");
        assertThat(read(first + "ipv4-prefix")).isEqualTo("10.0.0.16/28");
        assertThat(read(first + "ipv6s")).isEqualTo("2001:db8::5");
        assertThat(read(first + "subnet-ipv6-cidr-blocks")).isEqualTo("2001:db8::/64");
        assertThat(read(second + "ipv6-prefix")).isEqualTo("2001:db8:0:1::/80");
        assertThat(read(second + "ipv6s")).isEmpty();
        assertThat(read(second + "network-card")).isEqualTo("1");
        assertThat(read(second + "device-number")).isEqualTo("2");
        assertThat(read("meta-data/instance-type")).isEqualTo("m5.large");
        assertThat(read("meta-data/placement/region")).isEqualTo("eu-central-1");
        assertThat(read("meta-data/ipv6")).isEqualTo("2001:db8::5");
        assertThat(read("dynamic/instance-identity/document"))
                .contains("\"region\" : \"eu-central-1\"");
    }

    @Test
    void whatIsForEfaAloneHasNoAddress() {
        ledger.change(vpc -> vpc.with(Drawn.of(SECOND, Kind.EFA_ONLY, Optional.empty())));
        assertThat(read(MACS + SECOND.mac() + "/local-ipv4s")).isEmpty();
        assertThat(read(MACS + SECOND.mac() + "/interface-id")).isEqualTo(SECOND.id());
    }

    @Test
    void aTokenIsNeededAndEnds() {
        String token = "X-aws-ec2-metadata-token: " + token(node);
        assertThat(status("meta-data/mac")).isEqualTo("401");
        assertThat(status("meta-data/mac", "-H", token)).isEqualTo("200");
        now.updateAndGet(then -> then.plusSeconds(60));
        assertThat(status("meta-data/mac", "-H", token)).isEqualTo("401");
        String next = "X-aws-ec2-metadata-token: " + token(node);
        service.forgetTokens();
        assertThat(status("meta-data/mac", "-H", next)).isEqualTo("401");
        assertThat(status("api/token")).isEqualTo("405");
        assertThat(status("api/token", "-XPUT")).isEqualTo("400");
        assertThat(status("api/token", "-XPUT", "-H", "X-Forwarded-For: 1")).isEqualTo("403");
    }

    @Test
    void itLagsBehindTheVpc() {
        now.updateAndGet(then -> then.plusSeconds(100));
        service.lag(Duration.ofSeconds(10));
        ledger.change(vpc -> vpc.with(FIRST.withBlocks(List.of())));
        String path = MACS + FIRST.mac() + "/local-ipv4s";
        assertThat(read(path).lines()).containsExactly("10.0.0.4", "10.0.0.5");
        now.updateAndGet(then -> then.plusSeconds(10));
        assertThat(read(path).lines()).containsExactly("10.0.0.4");
    }

    @Test
    void itFailsAsOftenAsItIsTold() {
        service.fail("/latest/meta-data/", 503, 2);
        assertThat(status("meta-data/mac")).isEqualTo("503");
        assertThat(token(node)).isNotEmpty();
        assertThat(status("meta-data/mac")).isEqualTo("503");
        assertThat(status("meta-data/mac")).isEqualTo("401");
        service.fail("/", 500, 9);
        assertThat(status("meta-data/mac")).isEqualTo("500");
        service.recover();
        assertThat(read("meta-data/instance-id")).isEqualTo("i-a");
    }

    @Test
    void aRolesCredentialsAreTold() {
        assertThat(status("meta-data/iam/", "-H", "X-aws-ec2-metadata-token: " + token(node)))
                .isEqualTo("404");
        service.credentials(instance ->
                Optional.of(
                        new Credentials("node", "AKID", "secret", instance.id(), START, START)));
        assertThat(read("meta-data/iam/security-credentials/")).isEqualTo("node");
        assertThat(read("meta-data/iam/security-credentials/node"))
                .contains(
                        "\"Token\" : \"i-a\"",
                        "\"Code\" : \"Success\"",
                        "\"Expiration\" : \"2026-01-01T00:00:00Z\"");
    }

    @Test
    void theHopLimitKeepsAnswersFromPods() {
        try (TestNode pod = new TestNode()) {
            node.netns()
                    .rtnl()
                    .apply(
                            new CreateLink(
                                    new Veth(
                                            Head.named("pod").asUp(),
                                            Head.named("eth0").in(pod.netns()))));
            node.netns().sysctl().set("net/ipv4/ip_forward", "1");
            node.netns().sysctl().set("net/ipv4/conf/pod/proxy_arp", "1");
            node.run("ip", "route", "add", "10.0.0.17", "dev", "pod");
            pod.run("ip", "link", "set", "eth0", "up");
            pod.run("ip", "address", "add", "10.0.0.17/32", "dev", "eth0");
            pod.run("ip", "route", "add", "default", "dev", "eth0");
            assertThat(token(pod)).isNotEmpty();
            service.hopLimit(1);
            assertThat(token(node)).isNotEmpty();
            assertThat(pod.run("curl", "-s", "-m1", URL).status()).isEqualTo(28);
            service.hopLimit(2);
            assertThat(token(pod)).isNotEmpty();
        }
    }
}
