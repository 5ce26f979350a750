package io.patchbay.meta.delegate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.meta.cni.Json;
import io.patchbay.spi.Key;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigBinderTest {
    enum Mode {
        L2,
        L3S
    }

    record Vlan(int id, String name) {}

    record Config(
            Optional<String> master,
            Optional<Mode> mode,
            int mtu,
            boolean hairpin,
            @Key("vlan-list") List<Vlan> vlans,
            Map<String, String> sysctl,
            Set<String> tags,
            OptionalInt metric,
            Optional<Cidr> subnet,
            Optional<InetAddress> gateway,
            Optional<MacAddress> mac) {
        Config {
            if (mtu < 0) {
                throw new IllegalArgumentException("mtu \"" + mtu + "\" is negative");
            }
        }
    }

    record InOrder(SequencedMap<String, String> keys) {}

    record WithDns(Optional<Map<String, List<String>>> dns) {}

    private static Config bind(String json) {
        return ConfigBinder.config(
                "network red, plugin test",
                Json.decodeObject("the test", json.replace('\'', '"')),
                Config.class,
                UnknownKeys.REFUSED);
    }

    @Test
    void an_unknown_key_may_be_left_out_instead_wherever_it_stands() {
        List<String> told = new ArrayList<>();
        Outer outer =
                ConfigBinder.config(
                        "network red",
                        Json.decodeObject(
                                "x",
                                "{\"vlans\":[{\"name\":\"a\",\"id\":1},{\"name\":\"b\",\"id\":2,\"nme\":3}],\"x\":{\"y\":1}}"),
                        Outer.class,
                        refusal -> told.add(refusal.getMessage()));

        assertThat(outer.vlans()).hasSize(2);
        assertThat(told).hasSize(2);
        assertThat(told.getFirst()).contains("key \"vlans[1].nme\"");
        assertThat(told.getLast()).contains("key \"x\"");
    }

    record Outer(List<Vlan> vlans) {}

    @Test
    void every_key_finds_its_component() {
        Config config =
                bind(
                        """
                        {'master': 'eth1', 'mode': 'l3s', 'mtu': 1400, 'hairpin': true,
                         'vlan-list': [{'id': 4, 'name': 'four'}], 'sysctl': {'a': 'b'}, 'tags': ['t'],
                         'metric': 7, 'subnet': '10.1.0.0/16', 'gateway': '10.1.0.1',
                         'mac': '02:00:00:00:00:01'}
                        """);

        assertThat(config)
                .isEqualTo(
                        new Config(
                                Optional.of("eth1"),
                                Optional.of(Mode.L3S),
                                1400,
                                true,
                                List.of(new Vlan(4, "four")),
                                Map.of("a", "b"),
                                Set.of("t"),
                                OptionalInt.of(7),
                                Optional.of(Cidr.parse("10.1.0.0/16")),
                                Optional.of(Cidr.address("10.1.0.1")),
                                Optional.of(MacAddress.parse("02:00:00:00:00:01"))));
    }

    @Test
    void absent_keys_and_nulls_are_empty_zero_or_false() {
        assertThat(
                        ConfigBinder.config(
                                        "a plugin",
                                        Json.object(),
                                        InOrder.class,
                                        UnknownKeys.REFUSED)
                                .keys())
                .isEmpty();
        Config absent = bind("{}");

        assertThat(absent)
                .isEqualTo(
                        new Config(
                                Optional.empty(),
                                Optional.empty(),
                                0,
                                false,
                                List.of(),
                                Map.of(),
                                Set.of(),
                                OptionalInt.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
        assertThat(bind("{'master': null, 'vlan-list': null}")).isEqualTo(absent);
    }

    @Test
    void keys_of_the_core_and_of_logging_are_left_out() {
        Config config =
                bind(
                        """
                        {'cniVersion': '1.1.0', 'name': 'red', 'type': 'test', 'capabilities': {},
                         'runtimeConfig': {}, 'args': {}, 'prevResult': {}, 'ipam': {}, 'dns': {},
                         'cni.dev/valid-attachments': [], 'logFile': '/x', 'logLevel': 'debug',
                         'logOptions': {}, 'logToStderr': true, 'debug': true, 'mtu': 9}
                        """);

        assertThat(config.mtu()).isEqualTo(9);
    }

    @Test
    void a_record_that_declares_a_key_of_the_core_gets_it() {
        WithDns config =
                ConfigBinder.config(
                        "x",
                        Json.decodeObject("x", "{\"dns\": {\"search\": [\"a\"]}}"),
                        WithDns.class,
                        UnknownKeys.REFUSED);

        assertThat(config.dns()).contains(Map.of("search", List.of("a")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {'mastr': 'eth1'}           | 2 | key "mastr": it is unknown, with "eth1": did you mean "master"?
                    {'MASTER': 'eth1'}          | 2 | did you mean "master"?
                    {'frobnicate': 1}           | 2 | key "frobnicate": it is unknown, with 1: the keys here are master, mode
                    {'vlan-list': [{'id':1,'nam':'x'}]} | 2 | key "vlan-list[0].nam": it is unknown, with "x": did you mean "name"?
                    {'mtu': '1500'}             | 6 | key "mtu": a whole number is expected, not "1500"
                    {'mtu': 1.5}                | 6 | key "mtu": a whole number is expected, not 1.5
                    {'mtu': true}               | 6 | key "mtu": a whole number is expected, not true
                    {'hairpin': 'true'}         | 6 | key "hairpin": true or false is expected, not "true"
                    {'hairpin': 1}              | 6 | key "hairpin": true or false is expected, not 1
                    {'master': 5}               | 6 | key "master": a string is expected, not 5
                    {'master': ['eth0']}        | 6 | key "master": a string is expected, not ["eth0"]
                    {'vlan-list': {}}           | 6 | key "vlan-list": a list is expected, not {}
                    {'vlan-list': [7]}          | 6 | key "vlan-list[0]": an object is expected, not 7
                    {'sysctl': []}              | 6 | key "sysctl": an object is expected, not []
                    {'sysctl': {'a': 1}}        | 6 | key "sysctl.a": a string is expected, not 1
                    {'subnet': 10}              | 6 | key "subnet": a string is expected, not 10
                    {'metric': 'x'}             | 6 | key "metric": a whole number is expected, not "x"
                    {'vlan-list': [{'id': 4}]}  | 7 | key "vlan-list[0].name": it is missing
                    {'mode': 'l4'}              | 7 | key "mode": "l4" is none of l2, l3s
                    {'subnet': '10.1.0.0'}      | 7 | key "subnet": "10.1.0.0" has no prefix length
                    {'gateway': 'router'}       | 7 | key "gateway": "router" is no IP address
                    {'mac': '1:2'}              | 7 | key "mac": "1:2" is no MAC address
                    {'mtu': -1}                 | 7 | plugin test: mtu "-1" is negative
                    {'mtu': 5000000000}         | 7 | key "mtu": 5000000000 is out of range
                    """)
    void a_refusal_names_the_key_and_the_value(String json, int code, String sentence) {
        assertThatThrownBy(() -> bind(json))
                .isInstanceOfSatisfying(
                        CniException.class, e -> assertThat(e.code().value()).isEqualTo(code))
                .hasMessageContaining(sentence)
                .hasMessageStartingWith("network red, plugin test");
    }

    @Test
    void a_refusal_within_ipam_tells_the_way_to_it() {
        assertThatThrownBy(() ->
                        ConfigBinder.ipam(
                                "network red, plugin test",
                                Json.decodeObject("x", "{\"type\":\"t\",\"id\":1,\"nme\":2}"),
                                Vlan.class,
                                UnknownKeys.REFUSED))
                .hasMessageContaining("key \"ipam.nme\"")
                .hasMessageContaining("did you mean \"name\"?");
    }

    @Test
    void what_does_not_fit_of_somebody_elses_object_is_code_7_and_what_is_unknown_is_left_out() {
        assertThat(
                        ConfigBinder.spec(
                                "Cord a",
                                Json.decode("x", "{\"new\":{},\"id\":1,\"name\":\"n\",\"x\":[2]}"),
                                Vlan.class))
                .isEqualTo(new Vlan(1, "n"));
        assertThatThrownBy(() ->
                        ConfigBinder.spec(
                                "Cord a",
                                Json.decode("x", "{\"id\":\"1\",\"name\":\"n\"}"),
                                Vlan.class))
                .isInstanceOfSatisfying(
                        CniException.class, e -> assertThat(e.code().value()).isEqualTo(7))
                .hasMessage("Cord a, key \"spec.id\": a whole number is expected, not \"1\"");
    }

    @Test
    void all_that_is_wrong_with_settings_is_told_at_once() {
        assertThat(
                        ConfigBinder.settingsProblems(
                                "x",
                                Json.decodeObject("x", "{\"id\":\"a\",\"nme\":2,\"other\":3}"),
                                Vlan.class))
                .satisfiesExactly(
                        it -> assertThat(it).contains("\"id\"", "a whole number"),
                        it -> assertThat(it).contains("\"nme\"", "did you mean \"name\"?"),
                        it -> assertThat(it).contains("\"other\": it is unknown"),
                        it -> assertThat(it).contains("\"name\": it is missing"));
        assertThat(
                        ConfigBinder.settingsProblems(
                                "x",
                                Json.decodeObject("x", "{\"id\":1,\"name\":\"n\"}"),
                                Vlan.class))
                .isEmpty();
    }

    @Test
    void settings_may_use_any_key() {
        Vlan vlan =
                ConfigBinder.settings(
                        "x", Json.decodeObject("x", "{\"id\":1,\"name\":\"n\"}"), Vlan.class);

        assertThat(vlan).isEqualTo(new Vlan(1, "n"));
    }
}
