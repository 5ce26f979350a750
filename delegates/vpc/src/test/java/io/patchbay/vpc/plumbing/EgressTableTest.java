package io.patchbay.vpc.plumbing;

import static io.patchbay.vpc.pool.Enis.eni;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.Family;
import io.patchbay.vpc.plumbing.EgressPolicy.Snat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EgressTableTest {
    private static final EniLink PRIMARY = new EniLink(eni(0, 1), 3, "eth0", true, 9001);
    private static final List<Cidr> VPC = cidrs("10.0.0.0/16", "10.0.3.0/24");
    private static final List<Cidr> PODS = cidrs("10.0.0.16/28", "10.0.1.5/32", "10.0.0.17/32");

    private static List<Cidr> cidrs(String... texts) {
        return List.of(texts).stream().map(Cidr::parse).toList();
    }

    private static String table(Snat snat, boolean nodePorts, String... excluded) {
        EgressPolicy policy =
                new EgressPolicy(snat, nodePorts, 0x80, cidrs(excluded), List.of(), Set.of());
        return new EgressTable(policy, Family.IPV4, PRIMARY, VPC, PODS, Optional.empty()).text();
    }

    @Test
    void aNodeThatTranslatesAndHasNodePortsHasOneTable() {
        assertThat(table(Snat.FULLY_RANDOM, true, "192.0.2.0/24"))
                .isEqualTo(
                        """
                        table ip patchbay-vpc
                        delete table ip patchbay-vpc
                        table ip patchbay-vpc {
                            set inside {
                                type ipv4_addr; flags interval; elements = { 10.0.0.0/16, 192.0.2.0/24 };
                            }
                            set pods {
                                type ipv4_addr; flags interval; elements = { 10.0.0.16/28, 10.0.1.5/32 };
                            }
                            chain arrivals {
                                type filter hook prerouting priority mangle; policy accept;
                                iifname "eth0" ct direction original fib daddr . iif type local ct mark set ct mark | 0x80
                            }
                            chain departures {
                                type filter hook prerouting priority dstnat + 10; policy accept;
                                ip saddr @pods ct direction reply ct mark & 0x80 == 0x80 meta mark set meta mark | 0x80
                                ip saddr @pods ct direction original ip daddr != @inside fib daddr type != local meta mark set meta mark | 0x80
                            }
                            chain translation {
                                type nat hook postrouting priority srcnat + 10; policy accept;
                                meta mark & 0x80 == 0x80 ip saddr @pods ip daddr != @inside snat to 10.0.0.4 fully-random
                            }
                        }
                        """);
    }

    @Test
    void withoutTranslationOnlyNodePortsAreMarked() {
        assertThat(table(Snat.EXTERNAL, true))
                .contains("chain arrivals", "ct direction reply")
                .doesNotContain("chain translation", "!= @inside");
        assertThat(table(Snat.EXTERNAL, false)).isEmpty();
    }

    @Test
    void withoutNodePortsNoConnectionIsMarked() {
        assertThat(table(Snat.PLAIN, false))
                .contains("chain translation", "snat to 10.0.0.4\n")
                .doesNotContain("ct mark");
    }

    @ParameterizedTest
    @CsvSource({"FULLY_RANDOM, ' fully-random'", "RANDOM, ' random'", "PLAIN, ''"})
    void portsAreChosenAsTheSettingSays(Snat snat, String words) {
        assertThat(table(snat, false)).contains("snat to 10.0.0.4" + words + "\n");
    }

    private static final Cidr PODS_IPV6 = Cidr.parse("2001:db8:0:1:a::/80");

    private static EgressTable ofIpv6(boolean nodePorts, boolean second, Cidr... pods) {
        Eni eni = eni(0, 1);
        Eni own =
                new Eni(
                        eni.id(),
                        eni.mac(),
                        0,
                        0,
                        eni.primary(),
                        eni.subnetId(),
                        eni.subnet(),
                        Optional.of(Cidr.address("2001:db8:0:1::4")),
                        Optional.of(Cidr.parse("2001:db8:0:1::/64")),
                        eni.groups(),
                        eni.config(),
                        eni.vpc(),
                        List.of(pods));
        return new EgressTable(
                new EgressPolicy(Snat.RANDOM, nodePorts, 0x80, List.of(), List.of(), Set.of()),
                Family.IPV6,
                new EniLink(own, 3, "eth0", true, 9001),
                VPC,
                List.of(pods),
                Optional.of(EgressPolicy.ofNode(Family.IPV6)).filter(block -> second));
    }

    @Test
    void anAddressOfIpv6IsMarkedForNodePortsAndNeverTranslated() {
        assertThat(ofIpv6(true, false, PODS_IPV6).text())
                .contains(
                        "table ip6 patchbay-vpc {",
                        "type ipv6_addr; flags interval; elements = { 2001:db8:0:1:a::/80 };",
                        "chain arrivals",
                        "ip6 saddr @pods ct direction reply")
                .doesNotContain("snat", "10.0.", "direction original ip daddr", "refusal");
        assertThat(ofIpv6(false, false, PODS_IPV6).text()).isEmpty();
        assertThat(ofIpv6(true, false).text()).isEmpty();
    }

    @Test
    void theSecondFamilyIsTranslatedAndCalledByNobody() {
        assertThat(ofIpv6(true, true).text())
                .isEqualTo(
                        """
                        table ip6 patchbay-vpc
                        delete table ip6 patchbay-vpc
                        table ip6 patchbay-vpc {
                            chain translation {
                                type nat hook postrouting priority srcnat + 10; policy accept;
                                ip6 saddr fd00::ac:0/118 ip6 daddr != ff00::/8 snat to 2001:db8:0:1::4 random
                            }
                            chain refusal {
                                type filter hook forward priority filter; policy accept;
                                ip6 daddr fd00::ac:0/118 ct state new reject
                            }
                        }
                        """);
    }

    @Test
    void aPolicyThatCannotBeIsRefused() {
        assertThatThrownBy(
                        () -> new EgressPolicy(Snat.PLAIN, true, 0, List.of(), List.of(), Set.of()))
                .hasMessageContaining("mark is 0");
        assertThatThrownBy(() -> table(Snat.PLAIN, true, "2001:db8::/32"))
                .hasMessageContaining("2001:db8::/32");
    }
}
