package io.patchbay.meta.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.meta.cni.Json;
import io.patchbay.meta.delegate.ConfigBinder;
import io.patchbay.meta.delegate.UnknownKeys;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeSetTest {
    static HostLocalConfig config(String json) {
        return ConfigBinder.ipam(
                "network red, plugin test",
                Json.decodeObject("the test", json.replace('\'', '"')),
                HostLocalConfig.class,
                UnknownKeys.REFUSED);
    }

    private static List<String> round(String json, String last) {
        List<String> addresses = new ArrayList<>();
        Optional<InetAddress> start =
                Optional.of(last).filter(x -> !x.isEmpty()).map(Cidr::address);
        config(json)
                .sets(List.of())
                .getFirst()
                .round(start)
                .forEachRemaining(address -> addresses.add(Cidr.text(address)));
        return addresses;
    }

    @Test
    void a_round_leaves_out_the_gateway_and_both_ends() {
        assertThat(round("{'subnet': '10.0.0.0/29'}", ""))
                .containsExactly("10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5", "10.0.0.6");
        assertThat(
                        round(
                                "{'subnet': '10.0.0.0/29', 'rangeEnd': '10.0.0.7', 'gateway': '10.0.0.3'}",
                                ""))
                .containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.4", "10.0.0.5", "10.0.0.6");
    }

    @Test
    void an_IPv6_subnet_has_no_broadcast_address() {
        assertThat(round("{'subnet': '2001:db8::/126'}", ""))
                .containsExactly("2001:db8::2", "2001:db8::3");
    }

    @Test
    void a_round_leaves_out_what_is_excluded_however_much_it_is() {
        assertThat(
                        round(
                                "{'subnet': '10.0.0.0/28', 'exclude': ['10.0.0.4/30', '10.0.0.6/32', '10.0.0.10/32']}",
                                "10.0.0.11"))
                .containsExactly(
                        "10.0.0.12",
                        "10.0.0.13",
                        "10.0.0.14",
                        "10.0.0.2",
                        "10.0.0.3",
                        "10.0.0.8",
                        "10.0.0.9",
                        "10.0.0.11");
        assertThat(
                        round(
                                "{'subnet': '2001:db8::/64', 'rangeEnd': '2001:db8::8000:0:0:1', 'exclude': ['2001:db8::/65']}",
                                "2001:db8::8000:0:0:0"))
                .containsExactly("2001:db8::8000:0:0:1", "2001:db8:0:0:8000::");
    }

    @Test
    void what_pods_may_have_is_counted_without_what_is_excluded() {
        assertThat(
                        config(
                                        "{'subnet': '10.0.0.0/28', 'rangeStart': '10.0.0.3', 'exclude': ['10.0.0.0/30', '10.0.0.6/31', '10.0.0.7/32']}")
                                .sets(List.of())
                                .getFirst()
                                .forPods())
                .isEqualTo(9);
    }

    @Test
    void a_round_begins_behind_the_last_address_and_ends_with_it() {
        String ranges =
                """
                {'ranges': [[{'subnet': '10.0.0.0/29', 'rangeStart': '10.0.0.4'},
                             {'subnet': '10.1.0.0/30'}]]}
                """;

        assertThat(round(ranges, "10.0.0.5"))
                .containsExactly("10.0.0.6", "10.1.0.2", "10.0.0.4", "10.0.0.5");
        assertThat(round(ranges, "10.1.0.2"))
                .containsExactly("10.0.0.4", "10.0.0.5", "10.0.0.6", "10.1.0.2");
        assertThat(round(ranges, "192.168.0.1"))
                .as("an address of another range begins anew")
                .containsExactly("10.0.0.4", "10.0.0.5", "10.0.0.6", "10.1.0.2");
    }

    @Test
    void the_single_subnet_is_the_first_set_and_asked_ranges_come_before_it() {
        HostLocalConfig config =
                config("{'subnet': '10.0.0.0/24', 'ranges': [[{'subnet': '2001:db8::/64'}]]}");
        var asked = config("{'ranges': [[{'subnet': '10.9.0.0/24'}]]}").ranges();

        assertThat(config.sets(asked))
                .extracting(set -> set.number() + " " + set.ranges().getFirst().subnet())
                .containsExactly("0 10.9.0.0/24", "1 10.0.0.0/24", "2 2001:db8::/64");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {'subnet': '10.0.0.0/31'} | subnet "10.0.0.0/31" has no room
                    {'subnet': '10.0.0.0/32'} | has no room
                    {'subnet': '2001:db8::/127'} | has no room
                    {'subnet': '10.0.0.1/24'} | has host bits: write 10.0.0.0/24
                    {'subnet': '10.0.0.0/24', 'rangeStart': '10.0.1.2'} | rangeStart "10.0.1.2" is not in subnet
                    {'subnet': '10.0.0.0/24', 'rangeEnd': '2001:db8::1'} | rangeEnd "2001:db8::1" is not in subnet
                    {'subnet': '10.0.0.0/24', 'rangeStart': '10.0.0.9', 'rangeEnd': '10.0.0.8'} | is behind rangeEnd
                    {'rangeStart': '10.0.0.9'} | need a subnet
                    {'exclude': ['10.0.0.9/32']} | need a subnet
                    {'subnet': '10.0.0.0/24', 'exclude': ['10.0.1.0/30']} | exclude "10.0.1.0/30" is not in subnet
                    {'subnet': '10.0.0.0/24', 'exclude': ['10.0.0.0/16']} | exclude "10.0.0.0/16" is not in subnet
                    {'subnet': '10.0.0.0/29', 'exclude': ['10.0.0.2/31', '10.0.0.4/30']} | leaves no address
                    {'ranges': [[]]} | ranges[0] is empty
                    {'ranges': [[{'subnet': '10.0.0.0/24'}, {'subnet': '2001:db8::/64'}]]} | ranges[0] mixes
                    {'ranges': [[{'subnet': '10.0.0.0/24'}, {'subnet': '10.0.0.0/16'}]]} | overlap
                    {'ranges': [[{'subnet': '10.0.0.0/24'}], [{'subnet': '10.0.0.0/25'}]]} | overlap
                    {'subnet': '10.0.0.0/24', 'ranges': [[{'subnet': '10.0.0.0/24'}]]} | overlap
                    """)
    void what_cannot_be_is_refused(String json, String sentence) {
        assertThatThrownBy(() -> config(json))
                .isInstanceOfSatisfying(
                        CniException.class, e -> assertThat(e.code().value()).isEqualTo(7))
                .hasMessageContaining(sentence);
    }
}
