package io.patchbay.meta.cni;

import static io.patchbay.meta.cni.Refusals.json;
import static io.patchbay.meta.cni.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.cni.Capabilities;
import io.patchbay.spi.cni.Capabilities.Bandwidth;
import io.patchbay.spi.cni.Capabilities.IpRange;
import io.patchbay.spi.cni.Capabilities.PortMapping;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapabilitiesCodecTest {
    private static final String JSON =
            json(
                    """
                    {"ips":["10.0.0.5/24","2001:db8::5/128"],
                     "mac":"02:00:00:00:00:05",
                     "portMappings":[{"hostPort":8080,"containerPort":80,"protocol":"udp","hostIP":"192.0.2.1"}],
                     "bandwidth":{"ingressRate":1,"ingressBurst":2,"egressRate":3,"egressBurst":4294967296},
                     "ipRanges":[[{"subnet":"10.0.0.0/24","rangeStart":"10.0.0.9","rangeEnd":"10.0.0.20","gateway":"10.0.0.1","exclude":["10.0.0.12/31"]}],[{"subnet":"fd00::/64"}]],
                     "deviceID":"0000:01:10.0",
                     "aliases":["db"]}
                    """);
    private static final Capabilities VALUE =
            new Capabilities(
                    List.of(Cidr.parse("10.0.0.5/24"), Cidr.parse("2001:db8::5/128")),
                    Optional.of(MacAddress.parse("02:00:00:00:00:05")),
                    List.of(
                            new PortMapping(
                                    8080, 80, "udp", Optional.of(Cidr.address("192.0.2.1")))),
                    Optional.of(new Bandwidth(1, 2, 3, 4294967296L)),
                    List.of(
                            List.of(
                                    new IpRange(
                                            Cidr.parse("10.0.0.0/24"),
                                            Optional.of(Cidr.address("10.0.0.9")),
                                            Optional.of(Cidr.address("10.0.0.20")),
                                            Optional.of(Cidr.address("10.0.0.1")),
                                            List.of(Cidr.parse("10.0.0.12/31")))),
                            List.of(
                                    new IpRange(
                                            Cidr.parse("fd00::/64"),
                                            Optional.empty(),
                                            Optional.empty(),
                                            Optional.empty(),
                                            List.of()))),
                    Optional.of("0000:01:10.0"),
                    Map.of("aliases", "[\"db\"]"));

    @Test
    @DisplayName("row 102: every capability of the conventions is read, and others are kept")
    void everyCapabilityOfTheConventionsIsReadAndOthersAreKept() {
        assertThat(decode(JSON)).isEqualTo(VALUE);
    }

    @Test
    @DisplayName("row 102: what is written is what was read")
    void whatIsWrittenIsWhatWasRead() {
        assertThat(Json.text(CapabilitiesCodec.encode(VALUE)))
                .isEqualTo(Json.text(Json.decode("it", JSON)));
        assertThat(CapabilitiesCodec.encode(Capabilities.NONE)).isEmpty();
        assertThat(decode("{}")).isEqualTo(Capabilities.NONE);
    }

    @Test
    void anAddressWithoutPrefixIsAHosts() {
        assertThat(decode("{'ips': ['10.0.0.5', '2001:db8::5']}").ips())
                .containsExactly(Cidr.parse("10.0.0.5/32"), Cidr.parse("2001:db8::5/128"));
    }

    @Test
    void aPortMappingIsOfTcpUnlessItSaysSoAndEmptyMeansNoHostAddress() {
        assertThat(
                        decode(
                                        "{'portMappings': [{'hostPort': 1, 'containerPort': 65535, 'hostIP': ''}, {'hostPort': 1, 'containerPort': 1, 'protocol': 'SCTP'}]}")
                                .portMappings())
                .containsExactly(
                        new PortMapping(1, 65535, "tcp", Optional.empty()),
                        new PortMapping(1, 1, "sctp", Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    'ips': '10.0.0.1'          | 6 it, key "ips": a list is expected, not the string "10.0.0.1"
                    'ips': ['10.0.0.1', '10.1']| 7 it, key "ips[1]": "10.1" is no IP address
                    'ips': ['10.0.0.1/33']     | 7 it, key "ips[0]": /33 is no prefix length of 10.0.0.1: it is 0 to 32
                    'mac': 5                   | 6 it, key "mac": a string is expected, not the number 5
                    'mac': '02-00-00-00-00-01' | 7 it, key "mac": "02-00-00-00-00-01" is no MAC address: write six octets, as in 02:00:00:aa:bb:cc
                    'mac': '01:00:00:00:00:01' | 7 it, key "mac": "01:00:00:00:00:01" is not the address of one link
                    'mac': '00:00:00:00:00:00' | 7 it, key "mac": "00:00:00:00:00:00" is not the address of one link
                    'portMappings': [{'containerPort': 1}]                      | 7 it, key "portMappings[0].hostPort": it is missing
                    'portMappings': [{'hostPort': 0, 'containerPort': 1}]       | 7 it, key "portMappings[0].hostPort": 0 is out of range: it is 1 to 65535
                    'portMappings': [{'hostPort': 1, 'containerPort': 65536}]   | 7 it, key "portMappings[0].containerPort": 65536 is out of range: it is 1 to 65535
                    'portMappings': [{'hostPort': 1, 'containerPort': 1, 'protocol': 'icmp'}] | 7 it, key "portMappings[0].protocol": "icmp" is none of TCP, UDP, SCTP
                    'bandwidth': {'ingressRate': -1}  | 7 it, key "bandwidth.ingressRate": -1 is out of range: it is 0 to 9223372036854775807
                    'bandwidth': {'egressBurst': 9223372036854775808} | 7 it, key "bandwidth.egressBurst": 9223372036854775808 is out of range: it is 0 to 9223372036854775807
                    'ipRanges': [{'subnet': '10.0.0.0/8'}]  | 6 it, key "ipRanges[0]": a list is expected, not the object {"subnet":"10.0.0.0/8"}
                    'ipRanges': [[], [{}]]     | 7 it, key "ipRanges[1][0].subnet": it is missing
                    """)
    @DisplayName("rows N20, 102: a capability that cannot be is refused where it is wrong")
    void aCapabilityThatCannotBeIsRefusedWhereItIsWrong(String keys, String refusal) {
        assertThat(refusal(() -> decode("{" + keys + "}"))).isEqualTo(refusal);
    }

    private static Capabilities decode(String text) {
        return CapabilitiesCodec.decode(JsonObject.read("it", Json.decode("it", json(text))));
    }
}
