package io.patchbay.cloud.fabric;

import static io.patchbay.cloud.fabric.Drawn.attached;
import static io.patchbay.cloud.fabric.Drawn.eni;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.cloud.vpc.Vpc;
import io.patchbay.spi.net.Cidr;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RulesetTest {
    private static final NetworkInterface ENI = attached(eni(1, "10.0.0.4"), "i-a", 0, 0);

    private static Ruleset of(Vpc vpc, NetworkInterface... enis) {
        return Filter.of(
                vpc,
                Stream.of(enis)
                        .map(eni -> new Port(7, "eni1", new Spot.Tagged("eni-9", 5), eni))
                        .toList());
    }

    @Test
    void oneMoreBlockIsOneElementOfTheCheckAndOneOfTheGroup() {
        NetworkInterface more = ENI.withBlocks(List.of(Cidr.parse("10.0.0.16/28")));
        Ruleset before = of(Drawn.empty().with(ENI), ENI);
        Ruleset after = of(Drawn.empty().with(more), more);
        assertThat(before.until(after))
                .isEqualTo(
                        """
                        add element inet vpc assigned { "eni1" . 10.0.0.16/28 }
                        add element inet vpc members-sg-all { 10.0.0.16/28 }\
                        """);
        assertThat(after.until(before))
                .isEqualTo(
                        """
                        delete element inet vpc assigned { "eni1" . 10.0.0.16/28 }
                        delete element inet vpc members-sg-all { 10.0.0.16/28 }\
                        """);
        assertThat(after.until(after)).isEmpty();
    }

    @Test
    void aBlockOfIpv6IsAnElementOfSetsOfItsOwn() {
        NetworkInterface more = ENI.withBlocks(List.of(Cidr.parse("2001:db8:0:1:a::/80")));
        assertThat(of(Drawn.empty().with(ENI), ENI).until(of(Drawn.empty().with(more), more)))
                .isEqualTo(
                        """
                        add element inet vpc assigned6 { "eni1" . 2001:db8:0:1:a::/80 }
                        add element inet vpc members6-sg-all { 2001:db8:0:1:a::/80 }\
                        """);
    }

    @Test
    void anInterfaceComesAfterItsChainsAndGoesBeforeThem() {
        Ruleset without = of(Drawn.empty());
        Ruleset with = of(Drawn.empty().with(ENI), ENI);
        assertThat(without.until(with))
                .isEqualTo(
                        """
                        add chain inet vpc in-eni1
                        add chain inet vpc out-eni1
                        add rule inet vpc in-eni1 jump in-sg-all
                        add rule inet vpc in-eni1 counter name groups drop
                        add rule inet vpc out-eni1 jump out-sg-all
                        add rule inet vpc out-eni1 counter name groups drop
                        add element inet vpc assigned { "eni1" . 10.0.0.4/32 }
                        add element inet vpc egress { "eni1" : goto out-eni1 }
                        add element inet vpc ingress { "eni1" : goto in-eni1 }
                        add element inet vpc macs { "eni1" . 02:00:0a:00:00:01 }
                        add element inet vpc members-sg-all { 10.0.0.4/32 }\
                        """);
        assertThat(with.until(without))
                .startsWith("delete element")
                .endsWith("delete chain inet vpc in-eni1\ndelete chain inet vpc out-eni1");
    }
}
