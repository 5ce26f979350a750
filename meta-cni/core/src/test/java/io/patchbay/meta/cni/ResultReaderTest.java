package io.patchbay.meta.cni;

import static io.patchbay.meta.cni.Refusals.json;
import static io.patchbay.meta.cni.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.cni.CniResult;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultReaderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'cniVersion': ''}",
                "{'interfaces': null, 'ips': null, 'routes': null, 'dns': null}",
                "{'dns': {'nameservers': null, 'domain': '', 'search': [], 'more': 1}}",
                "{'unknown': {'ips': 5}, 'ip4': {'ip': '10.0.0.1/24'}}"
            })
    void whatIsAbsentNullOrUnknownIsNothing(String text) {
        assertThat(decode(text)).isEqualTo(CniResult.EMPTY);
    }

    @Test
    @DisplayName("row 98: an address may stand for itself")
    void anAddressMayStandForItself() {
        for (String index : new String[] {"null", "-1", "0"}) {
            assertThat(
                            decode(
                                            "{'ips': [{'version': '4', 'address': '10.0.0.1/24', 'gateway': '', 'interface': %s}]}"
                                                    .formatted(index))
                                    .ips())
                    .singleElement()
                    .matches(ip -> ip.link().isEmpty() && ip.gateway().isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "", "80:00:02:08:fe:80:00:00:00:00:00:00:00:02:c9:03:00:00:00:01"})
    void aMacThatIsNoEthernetAddressIsNone(String mac) {
        assertThat(
                        decode("{'interfaces': [{'name': 'a', 'mac': '%s'}]}".formatted(mac))
                                .interfaces()
                                .getFirst()
                                .mac())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    []                                 | 6 it: an object is expected, not the list []
                    {'cniVersion': '0.2.0'}            | 1 cniVersion "0.2.0" is not spoken here: use one of 0.3.1, 0.4.0, 1.0.0, 1.1.0
                    {'cniVersion': 1}                  | 6 it, key "cniVersion": a string is expected, not the number 1
                    {'interfaces': {}}                 | 6 it, key "interfaces": a list is expected, not the object {}
                    {'interfaces': [null]}             | 6 it, key "interfaces[0]": an object is expected, not null
                    {'interfaces': [{}]}               | 6 it, key "interfaces[0].name": it is missing
                    {'interfaces': [{'name': 'a', 'mtu': -1}]} | 6 it, key "interfaces[0].mtu": -1 is out of range: it is 0 to 2147483647
                    {'ips': [{'address': 5}]}          | 6 it, key "ips[0].address": a string is expected, not the number 5
                    {'ips': [{'address': '10.0.0.1'}]} | 6 it, key "ips[0].address": "10.0.0.1" has no prefix length: write ADDRESS/PREFIX
                    {'ips': [{'address': '10.0.0.1/24', 'gateway': 'gw'}]} | 6 it, key "ips[0].gateway": "gw" is no IP address
                    {'ips': [{'address': '10.0.0.1/24', 'interface': '0'}]} | 6 it, key "ips[0].interface": a whole number is expected, not the string "0"
                    {'interfaces': [{'name': 'a'}], 'ips': [{'address': '10.0.0.1/24', 'interface': 1}]} | 6 it, key "ips[0].interface": 1 points nowhere: there are 1 interfaces
                    {'routes': [{'gw': '10.0.0.1'}]}   | 6 it, key "routes[0].dst": it is missing
                    {'routes': [{'dst': '10.0.0.0/8', 'priority': 1.5}]} | 6 it, key "routes[0].priority": a whole number is expected, not the number 1.5
                    {'routes': [{'dst': '10.0.0.0/8', 'scope': 256}]} | 6 it, key "routes[0].scope": 256 is out of range: it is 0 to 255
                    {'dns': []}                        | 6 it, key "dns": an object is expected, not the list []
                    {'dns': {'search': 'a'}}           | 6 it, key "dns.search": a list is expected, not the string "a"
                    """)
    @DisplayName("rows 92, 94 to 97: a result that cannot be is refused where it is wrong")
    void aResultThatCannotBeIsRefusedWhereItIsWrong(String text, String refusal) {
        assertThat(refusal(() -> decode(text))).isEqualTo(refusal);
    }

    private static CniResult decode(String text) {
        return ResultCodec.decode("it", Json.decode("it", json(text)));
    }
}
