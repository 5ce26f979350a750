package io.patchbay.meta.delegate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.meta.cni.Json;
import io.patchbay.spi.Argument;
import io.patchbay.spi.Key;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class CniArgumentsTest {
    record Config(
            Optional<String> master,
            @Argument int mtu,
            @Argument @Key("queue-length") int queue,
            @Argument SequencedMap<String, String> sysctl,
            @Argument List<String> tags) {
        Config {
            if (mtu < 0) {
                throw new IllegalArgumentException("\"mtu\" is " + mtu);
            }
        }
    }

    private static Config bind(String keys, String arguments) {
        String json = "{%s 'args': {'x': 1, 'cni': %s}}".formatted(keys, arguments);
        return ConfigBinder.config(
                "network red, plugin test",
                Json.decodeObject("the test", json.replace('\'', '"')),
                Config.class,
                UnknownKeys.REFUSED);
    }

    @Test
    void an_argument_comes_before_the_key_of_the_configuration() {
        Config config =
                bind(
                        "'mtu': 1500, 'queue-length': 7, 'tags': ['a', 'b'],",
                        "{'mtu': 1400, 'queue-length': 9, 'tags': ['c']}");

        assertThat(config.mtu()).isEqualTo(1400);
        assertThat(config.queue()).isEqualTo(9);
        assertThat(config.tags()).containsExactly("c");
    }

    @Test
    void the_arguments_of_a_map_come_before_its_own_one_by_one() {
        assertThat(bind("'sysctl': {'a': '1', 'b': '1'},", "{'sysctl': {'c': '2', 'b': '2'}}"))
                .extracting(Config::sysctl)
                .isEqualTo(Map.of("a", "1", "b", "2", "c", "2"));
        assertThat(bind("", "{'sysctl': {'c': '2'}}").sysctl()).containsEntry("c", "2");
    }

    @Test
    void what_is_no_argument_is_the_networks_alone_and_what_is_unknown_is_for_other_plugins() {
        assertThat(bind("'master': 'eth1',", "{'master': 'eth0', 'color': 'red'}").master())
                .contains("eth1");
    }

    @Test
    void an_argument_that_is_null_sets_nothing() {
        assertThat(bind("'mtu': 1500,", "{'mtu': null}").mtu()).isEqualTo(1500);
    }

    @Test
    void a_refusal_says_that_it_is_an_argument() {
        assertThatThrownBy(() -> bind("'mtu': 1500,", "{'mtu': 'much'}"))
                .hasMessage(
                        "network red, plugin test, key \"args.cni.mtu\": a whole number is expected, not \"much\"");
        assertThatThrownBy(() -> bind("'sysctl': {'a': [1]},", "{'sysctl': {'b': '1'}}"))
                .hasMessageContaining("key \"sysctl.a\"");
        assertThatThrownBy(() -> bind("", "{'sysctl': {'b': [1]}}"))
                .hasMessageContaining("key \"args.cni.sysctl.b\"");
    }

    @Test
    void the_delegate_refuses_what_an_argument_makes_of_its_configuration() {
        assertThatThrownBy(() -> bind("'mtu': 1500,", "{'mtu': -1}"))
                .hasMessageContaining("\"mtu\" is -1");
    }
}
