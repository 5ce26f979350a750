package io.patchbay.meta.plan;

import static io.patchbay.meta.cni.Refusals.json;
import static io.patchbay.meta.cni.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.cni.Capabilities;
import io.patchbay.spi.cni.Capabilities.Bandwidth;
import io.patchbay.spi.cni.Capabilities.PortMapping;
import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksAnnotationTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "[]", " [ ] "})
    @DisplayName("row N2: an empty annotation selects nothing")
    void anEmptyAnnotationSelectsNothing(String annotation) {
        assertThat(parse(annotation)).isEmpty();
    }

    @Test
    @DisplayName("rows N1, N6, N11: the short form has names, namespaces and interfaces")
    void theShortFormHasNamesNamespacesAndInterfaces() {
        assertThat(parse(" a , other/b@Eth.5,\n other / c @ net7 "))
                .containsExactly(
                        NetworkSelection.of("home", "a"),
                        named("other", "b", "Eth.5"),
                        named("other", "c", "net7"));
    }

    @Test
    void aNameMayHave253CharactersAndNoMore() {
        String longest = "a.".repeat(126) + "b";

        assertThat(parse(longest)).containsExactly(NetworkSelection.of("home", longest));
        assertThat(refusal(() -> parse("c" + longest))).contains("is longer than 253 characters");
    }

    @Test
    void aKeyWithADotAnywhereIsAVendorsOwn() {
        assertThat(parse("[{'name': 'a', '.odd': 1}]")).hasSize(1);
    }

    @Test
    @DisplayName("row N5: a network may be selected twice")
    void aNetworkMayBeSelectedTwice() {
        assertThat(parse("a,a")).hasSize(2);
    }

    @Test
    @DisplayName("rows N1, N6, N11, N15 to N19, N21: the list of objects has every key")
    void theListOfObjectsHasEveryKey() {
        assertThat(
                        parse(
                                """
                                [{'name': 'a.dotted', 'namespace': 'other', 'interface': 'eth1',
                                  'ips': ['10.0.0.5/24', '2001:db8::5'], 'mac': '02:00:00:00:00:05',
                                  'portMappings': [{'hostPort': 80, 'containerPort': 8080, 'protocol': 'TCP', 'hostIP': '192.0.2.1'}],
                                  'bandwidth': {'ingressRate': 1000, 'ingressBurst': 2000},
                                  'infiniband-guid': 'c2:11:22:33:44:55:66:77',
                                  'cni-args': {'mode': {'a': [1]}, 'x': 'y'},
                                  'default-route': ['10.0.0.1', '2001:db8::1'],
                                  'deviceID': '0000:01:10.0',
                                  'example.org/vendor': {'any': 1}},
                                 {'name': 'b', 'interfaceRequest': 'eth2', 'mac': null}]
                                """))
                .containsExactly(
                        new NetworkSelection(
                                "other",
                                "a.dotted",
                                Optional.of("eth1"),
                                new Capabilities(
                                        List.of(
                                                Cidr.parse("10.0.0.5/24"),
                                                Cidr.parse("2001:db8::5/128")),
                                        Optional.of(MacAddress.parse("02:00:00:00:00:05")),
                                        List.of(
                                                new PortMapping(
                                                        80,
                                                        8080,
                                                        "tcp",
                                                        Optional.of(Cidr.address("192.0.2.1")))),
                                        Optional.of(new Bandwidth(1000, 2000, 0, 0)),
                                        List.of(),
                                        Optional.empty(),
                                        Map.of("infinibandGUID", "\"c2:11:22:33:44:55:66:77\"")),
                                Map.of("mode", "{\"a\":[1]}", "x", "\"y\""),
                                Optional.of(
                                        List.of(
                                                Cidr.address("10.0.0.1"),
                                                Cidr.address("2001:db8::1"))),
                                Optional.of(new DeviceId("0000:01:10.0"))),
                        named("home", "b", "eth2"));
    }

    @Test
    @DisplayName("row N23: an empty default-route is not the same as none")
    void anEmptyDefaultRouteIsNotTheSameAsNone() {
        assertThat(parse("[{'name': 'a', 'default-route': []}]").getFirst().defaultRoute())
                .hasValue(List.of());
        assertThat(parse("[{'name': 'a'}]").getFirst().defaultRoute()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    a,,b          | , element 1: "" is no selection: write [NAMESPACE/]NAME[@INTERFACE]
                    a,            | , element 1: "" is no selection: write [NAMESPACE/]NAME[@INTERFACE]
                    a/b/c         | , element 0: "a/b/c" is no selection: write [NAMESPACE/]NAME[@INTERFACE]
                    a@b@c         | , element 0: "a@b@c" is no selection: write [NAMESPACE/]NAME[@INTERFACE]
                    a@b/c         | , element 0, key "interface": "b/c" holds "/"
                    a b           | , element 0: "a b" is no selection: write [NAMESPACE/]NAME[@INTERFACE]
                    ns/           | , element 0: "ns/" is no selection: write [NAMESPACE/]NAME[@INTERFACE]
                    A_b           | , element 0, key "name": "A_b" is no name of Kubernetes: use lower case letters, digits and "-", and start and end with a letter or digit
                    /a            | , element 0, key "namespace": "" is no name of Kubernetes: use lower case letters, digits and "-", and start and end with a letter or digit
                    a, b@         | , element 1, key "interface": "" is empty
                    a, b@sixteen-letters0 | , element 1, key "interface": "sixteen-letters0" has 16 bytes: an interface name has at most 15
                    """)
    @DisplayName("rows N13, N20: a short form that cannot be is refused with its element")
    void aShortFormThatCannotBeIsRefusedWithItsElement(String annotation, String refusal) {
        assertThat(refusal(() -> parse(annotation)))
                .isEqualTo("7 annotation k8s.v1.cni.cncf.io/networks" + refusal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    [            | ` is no JSON: Unexpected end-of-input: expected close marker for Array at line 1, column 2`
                    {'name': 'a'}| : a list is expected: write [ ] round its elements
                    'a'          | : a list is expected: write [ ] round its elements
                    [null]       | , element 0: an object is expected, not null
                    ['a']        | , element 0: an object is expected, not the string "a"
                    [{'name': 'a'}, {}] | , element 1, key "name": it is missing
                    [{'name': 'a', 'name': 'b'}] | ` is no JSON: Duplicate field 'name' at line 1, column 22`
                    """)
    @DisplayName("rows N13, N20: an annotation of another form is refused")
    void anAnnotationOfAnotherFormIsRefused(String annotation, String refusal) {
        assertThat(refusal(() -> parse(annotation)))
                .isEqualTo("7 annotation k8s.v1.cni.cncf.io/networks" + refusal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    'name': 5                  | "name": a string is expected, not the number 5
                    'name': 'A_b'              | "name": "A_b" is no name of Kubernetes: use lower case letters, digits and "-", and start and end with a letter or digit
                    'namespace': 'a.b'         | "namespace": "a.b" is no name of Kubernetes: use lower case letters, digits and "-", and start and end with a letter or digit
                    'interface': 'a/b'         | "interface": "a/b" holds "/"
                    'interface': 'a', 'interfaceRequest': 'b' | "interfaceRequest": "b" contradicts "interface", which is "a"
                    'ips': '10.0.0.5'          | "ips": a list is expected, not the string "10.0.0.5"
                    'ips': []                  | "ips": it is empty: leave it out, or write at least one element
                    'ips': ['10.0.0.5', 7]     | "ips[1]": a string is expected, not the number 7
                    'ips': ['10.0.0.300']      | "ips[0]": "10.0.0.300" is no IP address
                    'mac': ''                  | "mac": it is empty: leave it out, or write six octets
                    'mac': '02:00:00:00:00:00:00:05' | "mac": "02:00:00:00:00:00:00:05" is no MAC address: write six octets, as in 02:00:00:aa:bb:cc
                    'portMappings': []         | "portMappings": it is empty: leave it out, or write at least one element
                    'portMappings': [{'hostPort': 1, 'containerPort': 70000}] | "portMappings[0].containerPort": 70000 is out of range: it is 1 to 65535
                    'portMappings': [{'hostPort': 1, 'containerPort': 1, 'hostIp': ''}] | "portMappings[0].hostIp": it is unknown, with the string "": use one of containerPort, hostIP, hostPort, protocol
                    'bandwidth': {'ingressRate': 0} | "bandwidth.ingressRate": 0 is out of range: it is 1 to 9223372036854775807
                    'bandwidth': {'egressBurst': 5} | "bandwidth.egressBurst": it needs "egressRate" beside it
                    'bandwidth': {'rate': 5}   | "bandwidth.rate": it is unknown, with the number 5: use one of egressBurst, egressRate, ingressBurst, ingressRate
                    'infiniband-guid': '02:00:00:00:00:05' | "infiniband-guid": "02:00:00:00:00:05" is no GUID: write eight octets, as in 02:00:00:00:00:aa:bb:cc
                    'cni-args': 'x'            | "cni-args": an object is expected, not the string "x"
                    'default-route': '10.0.0.1'| "default-route": a list is expected, not the string "10.0.0.1"
                    'default-route': ['gw']    | "default-route[0]": "gw" is no IP address
                    'default-route': ['10.0.0.1', '10.0.0.2'] | "default-route[1]": "10.0.0.2" is the second gateway of its family
                    'deviceID': ' '            | "deviceID": it is empty
                    'ipam-claim-reference': 'c', 'ips': ['10.0.0.5'] | "ipam-claim-reference": "c" excludes "ips": leave one of them out
                    'ipam-claim-reference': 'C'| "ipam-claim-reference": "C" is no name of Kubernetes: use lower case letters, digits and "-", and start and end with a letter or digit
                    'portmappings': [1]        | "portmappings": it is unknown, with the list [1]: use one of bandwidth, cni-args, default-route, deviceID, infiniband-guid, interface, interfaceRequest, ipam-claim-reference, ips, mac, name, namespace, portMappings
                    """)
    @DisplayName("rows N13, N20, N24: a key that cannot be is refused with its element and value")
    void aKeyThatCannotBeIsRefusedWithItsElementAndValue(String keys, String refusal) {
        String second = keys.startsWith("'name'") ? keys : "'name': 'b', " + keys;

        assertThat(refusal(() -> parse("[{'name': 'a'}, {" + second + "}]")))
                .isEqualTo("7 annotation k8s.v1.cni.cncf.io/networks, element 1, key " + refusal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    []             | ['10.0.0.1']   | the IPv4 default route goes by element 0 already, and by one network at most
                    ['fd00::1']    | []             | the IPv6 default route goes by element 0 already, and by one network at most
                    ['10.0.0.1']   | ['10.9.0.1', 'fd00::1'] | the IPv4 default route goes by element 0 already, and by one network at most
                    ['fd00::1']    | ['0.0.0.0']    | "0.0.0.0" is no gateway's address
                    """)
    @DisplayName("row N23: one element at most has the default route of a family")
    void oneElementAtMostHasTheDefaultRouteOfAFamily(String first, String second, String refusal) {
        assertThat(
                        refusal(() ->
                                parse(
                                        "[{'name': 'a', 'default-route': %s}, {'name': 'b'}, {'name': 'c', 'default-route': %s}]"
                                                .formatted(first, second))))
                .isEqualTo(
                        "7 annotation k8s.v1.cni.cncf.io/networks, element 2, key \"default-route\": "
                                + refusal);
    }

    @Test
    @DisplayName("row N23: the families may go by different elements")
    void theFamiliesMayGoByDifferentElements() {
        assertThat(
                        parse(
                                "[{'name': 'a', 'default-route': ['fd00::1']}, {'name': 'b', 'default-route': ['10.0.0.1']}]"))
                .hasSize(2);
    }

    @Test
    void anotherAnnotationOfTheSameGrammarIsNamedInItsRefusals() {
        assertThat(
                        refusal(() ->
                                NetworksAnnotation.parse(
                                        "v1.multus-cni.io/default-network", "[null]", "x")))
                .isEqualTo(
                        "7 annotation v1.multus-cni.io/default-network, element 0: an object is expected, not null");
    }

    private static List<NetworkSelection> parse(String annotation) {
        return NetworksAnnotation.parse(json(annotation), "home");
    }

    private static NetworkSelection named(String namespace, String name, String ifName) {
        return new NetworkSelection(
                namespace,
                name,
                Optional.of(ifName),
                Capabilities.NONE,
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }
}
