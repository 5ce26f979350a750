package io.patchbay.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.AddAddress;
import io.patchbay.spi.net.Change.DeleteAddress;
import io.patchbay.spi.net.Change.SetMac;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BridgeAddressesTest {
    private static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:07");
    private static final Link BRIDGE =
            new Link(
                    7,
                    "cni0",
                    "bridge",
                    true,
                    1500,
                    0,
                    Optional.of(MAC),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty());
    private static final BridgeConfig PLAIN = Keys.none().config();
    private static final BridgeConfig FORCE = Keys.none().with("forceAddress", "true").config();

    @Test
    void aBridgeThatHasItsAddressesIsLeftAlone() {
        assertThat(readdress(PLAIN, cidrs("fe80::1/64", "10.1.0.1/24"), "10.1.0.1/24")).isEmpty();
    }

    @Test
    void aBridgeThatGetsAnAddressKeepsItsMacAddressFromNowOn() {
        assertThat(readdress(PLAIN, cidrs("fe80::1/64"), "10.1.0.1/24"))
                .containsExactly(new AddAddress(7, Cidr.parse("10.1.0.1/24")), new SetMac(7, MAC));
    }

    @Test
    void anotherNetworksAddressIsRefusedByName() {
        assertThatThrownBy(() -> readdress(PLAIN, cidrs("10.2.0.1/24"), "10.1.0.1/24"))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("cni0 has address 10.2.0.1/24")
                .hasMessageContaining("10.1.0.1/24")
                .hasMessageContaining("forceAddress");
    }

    @Test
    void anotherNetworksAddressIsReplacedByForce() {
        assertThat(readdress(FORCE, cidrs("10.2.0.1/24"), "10.1.0.1/24"))
                .containsExactly(
                        new DeleteAddress(7, Cidr.parse("10.2.0.1/24")),
                        new AddAddress(7, Cidr.parse("10.1.0.1/24")),
                        new SetMac(7, MAC));
    }

    @Test
    void addressesOfIpv6ConflictWhereTheyOverlapOnly() {
        assertThat(readdress(PLAIN, cidrs("2001:db8:2::1/64"), "2001:db8:1::1/64"))
                .contains(new AddAddress(7, Cidr.parse("2001:db8:1::1/64")));
        assertThatThrownBy(() -> readdress(PLAIN, cidrs("2001:db8::1/48"), "2001:db8:0:1::1/64"))
                .isInstanceOf(CniException.class);
    }

    private static List<Change> readdress(BridgeConfig config, List<Cidr> present, String wanted) {
        return BridgeAddresses.changes(BRIDGE, config, present, cidrs(wanted));
    }

    private static List<Cidr> cidrs(String... texts) {
        return Stream.of(texts).map(Cidr::parse).toList();
    }
}
