package io.patchbay.meta.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.meta.cni.Json;
import io.patchbay.meta.delegate.ConfigBinder;
import io.patchbay.meta.delegate.UnknownKeys;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.Capabilities;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.ipam.Wish;
import io.patchbay.spi.net.Cidr;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StaticTest {
    private static final AttachmentId ID = new AttachmentId("c1", "red", "net1");
    private static final String CONFIG =
            """
            {'type': 'static', 'addresses': [{'address': '10.0.0.5/24', 'gateway': '10.0.0.1'},
                                             {'address': '2001:db8::5/64'}],
             'routes': [{'dst': '0.0.0.0/0', 'table': 7}], 'dns': {'nameservers': ['10.0.0.53']}}
            """;

    private static StaticConfig config(String json) {
        return ConfigBinder.ipam(
                "network red, plugin test",
                Json.decodeObject("the test", json.replace('\'', '"')),
                StaticConfig.class,
                UnknownKeys.REFUSED);
    }

    private static List<String> addresses(Wish wish) {
        Lease lease = new Static().acquire(ID, config(CONFIG), wish);
        return lease.ips().stream()
                .map(ip ->
                        ip.address() + ip.gateway().map(via -> " via " + Cidr.text(via)).orElse(""))
                .toList();
    }

    private static Wish ips(String... ips) {
        Capabilities none = Capabilities.NONE;
        return new Wish(
                new Capabilities(
                        Arrays.stream(ips).map(Cidr::parse).toList(),
                        none.mac(),
                        none.portMappings(),
                        none.bandwidth(),
                        none.ipRanges(),
                        none.deviceId(),
                        none.others()),
                Map.of());
    }

    @Test
    void the_configured_addresses_routes_and_resolver_are_leased() {
        Lease lease = new Static().acquire(ID, config(CONFIG), Wish.NONE);

        assertThat(addresses(Wish.NONE))
                .containsExactly("10.0.0.5/24 via 10.0.0.1", "2001:db8::5/64");
        assertThat(lease.routes()).hasSize(1);
        assertThat(lease.routes().getFirst().table()).hasValue(7);
        assertThat(lease.dns().orElseThrow().nameservers()).containsExactly("10.0.0.53");
    }

    @Test
    @DisplayName("plugins#654, #893: a wish replaces the addresses and keeps the gateway")
    void a_wish_replaces_the_addresses_and_keeps_the_gateway_of_its_subnet() {
        assertThat(addresses(ips("10.0.0.9/24", "192.168.0.2/16")))
                .containsExactly("10.0.0.9/24 via 10.0.0.1", "192.168.0.2/16");
        assertThat(addresses(ips("10.0.0.9/32"))).containsExactly("10.0.0.9/24 via 10.0.0.1");
        assertThat(addresses(ips("10.0.0.9/25"))).containsExactly("10.0.0.9/25");
    }

    @Test
    void arguments_are_added() {
        Wish wish =
                new Wish(
                        Capabilities.NONE,
                        Map.of("IP", "172.16.0.2/24, 172.17.0.2/24", "GATEWAY", "172.17.0.1"));

        assertThat(addresses(wish))
                .containsExactly(
                        "10.0.0.5/24 via 10.0.0.1",
                        "2001:db8::5/64",
                        "172.16.0.2/24",
                        "172.17.0.2/24 via 172.17.0.1");
    }

    @Test
    void an_address_that_stands_twice_is_refused() {
        assertThatThrownBy(() ->
                        config(
                                """
                                {'addresses': [{'address': '10.0.0.5/24'}, {'address': '10.0.0.5/16'}]}
                                """))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("addresses holds \"10.0.0.5/16\" twice");
    }
}
