package io.patchbay.meta.cni;

import static io.patchbay.meta.cni.Refusals.json;
import static io.patchbay.meta.cni.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkConfigDecoderTest {
    @Test
    @DisplayName("row 1: a list has its name, its version and its plugins in their order")
    void aListHasItsNameItsVersionAndItsPluginsInTheirOrder() {
        NetworkConfigList network =
                decode(
                        "{'cniVersion': '1.0.0', 'name': 'a', 'plugins': [{'type': 'bridge'}, {'type': 'tuning', 'mtu': 9000}], 'x': 1}",
                        "other");

        assertThat(network.name()).isEqualTo("a");
        assertThat(network.version()).isEqualTo(CniVersion.V1_0_0);
        assertThat(network.plugins())
                .extracting(PluginConfig::type)
                .containsExactly("bridge", "tuning");
    }

    @Test
    @DisplayName("rows N9, N10: a single plugin is a list of one, and takes the name it lacks")
    void aSinglePluginIsAListOfOneAndTakesTheNameItLacks() {
        NetworkConfigList network = decode("{'cniVersion': '0.3.1', 'type': 'bridge'}", "nad");

        assertThat(network.name()).isEqualTo("nad");
        assertThat(network.plugins()).hasSize(1);
        assertThat(network.disableCheck()).isFalse();
        assertThat(network.disableGc()).isFalse();
    }

    @Test
    @DisplayName("row 8: keys that nobody here knows stay in the plugin's tree")
    void keysThatNobodyHereKnowsStayInThePluginsTree() {
        String plugin = json("{'type':'bridge','big':12345678901234567890,'deep':{'a':[1.50]}}");

        assertThat(
                        Json.text(
                                decode("{'cniVersion': '1.1.0', 'plugins': [" + plugin + "]}", "a")
                                        .plugins()
                                        .getFirst()
                                        .json()))
                .isEqualTo(plugin);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    'cniVersion': '0.4.0', 'cniVersions': ['1.0.0', '0.3.1']  | 1.0.0
                    'cniVersion': '9.9.9', 'cniVersions': ['0.3.1', '0.2.0']  | 0.3.1
                    'cniVersion': '1.1.0', 'cniVersions': []                  | 1.1.0
                    'cniVersions': ['0.4.0']                                  | 0.4.0
                    """)
    @DisplayName("row 3: the highest version that is spoken is chosen")
    void theHighestVersionThatIsSpokenIsChosen(String keys, String chosen) {
        assertThat(decode("{" + keys + ", 'type': 'bridge'}", "a").version()).hasToString(chosen);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    true    | true
                    'true'  | true
                    'TRUE'  | true
                    false   | false
                    'false' | false
                    null    | false
                    """)
    @DisplayName("rows 4, 5: disableCheck and disableGC are booleans or the words, as for libcni")
    void disableCheckAndDisableGcAreBooleansOrTheWords(String value, boolean disabled) {
        String start = "{'cniVersion': '1.1.0', 'plugins': [{'type': 'bridge'}], ";

        assertThat(decode(start + "'disableCheck': " + value + "}", "a").disableCheck())
                .isEqualTo(disabled);
        assertThat(decode(start + "'disableGC': " + value + "}", "a").disableGc())
                .isEqualTo(disabled);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    'plugins': []                         | 7 it, key "plugins": it is empty: a network has at least one plugin
                    'plugins': null                       | 7 it, key "plugins": it is empty: a network has at least one plugin
                    'plugins': {}                         | 6 it, key "plugins": a list is expected, not the object {}
                    'plugins': [null]                     | 7 it, key "plugins[0]": it is null: an object with a type is expected
                    'plugins': [{'type': 'a'}, null]      | 7 it, key "plugins[1]": it is null: an object with a type is expected
                    'plugins': ['bridge']                 | 6 it, key "plugins[0]": an object is expected, not the string "bridge"
                    'plugins': [{'type': 'a'}, {}]        | 7 it, key "plugins[1].type": it is missing
                    'plugins': [{'type': 5}]              | 6 it, key "plugins[0].type": a string is expected, not the number 5
                    'plugins': [{'type': ''}]             | 7 it, key "plugins[0].type": "" cannot be the name of a plugin's file
                    'plugins': [{'type': '../a'}]         | 7 it, key "plugins[0].type": "../a" cannot be the name of a plugin's file
                    'plugins': [{'type': 'a\\\\b'}]       | 7 it, key "plugins[0].type": "a\\b" cannot be the name of a plugin's file
                    'type': '..'                          | 7 it, key "type": ".." cannot be the name of a plugin's file
                    'type': 'a', 'ipam': {'type': '/x'}   | 7 it, key "ipam.type": "/x" cannot be the name of a plugin's file
                    'type': 'a', 'ipam': 'host-local'     | 6 it, key "ipam": an object is expected, not the string "host-local"
                    'type': 'a', 'args': 1                | 6 it, key "args": an object is expected, not the number 1
                    'type': 'a', 'args': {'cni': []}      | 6 it, key "args.cni": an object is expected, not the list []
                    'type': 'a', 'capabilities': ['ips']  | 6 it, key "capabilities": an object is expected, not the list ["ips"]
                    'type': 'a', 'capabilities': {'ips': 'yes'} | 6 it, key "capabilities.ips": true or false is expected, not the string "yes"
                    'type': 'a', 'name': '_a'             | 7 it, key "name": "_a" does not start with a letter or digit followed by letters, digits, "_", ".", "-"
                    'plugins': [{'type': 'a'}], 'disableGC': 'yes' | 6 it, key "disableGC": true or false is expected, not the string "yes"
                    'type': 'a', 'cniVersions': '1.0.0'   | 6 it, key "cniVersions": a list is expected, not the string "1.0.0"
                    'type': 'a', 'cniVersions': [1]       | 6 it, key "cniVersions[0]": a string is expected, not the number 1
                    'x': 1                                | 7 it, key "type": it is missing
                    """)
    @DisplayName("rows 2, 7, 9, 24: a network that cannot be is refused where it is wrong")
    void aNetworkThatCannotBeIsRefusedWhereItIsWrong(String keys, String refusal) {
        assertThat(refusal(() -> decode("{'cniVersion': '1.1.0', " + keys + "}", "a")))
                .isEqualTo(refusal);
    }

    @Test
    @DisplayName("row 25: versions of which none is spoken are refused, all of them named")
    void versionsOfWhichNoneIsSpokenAreRefused() {
        assertThat(
                        refusal(() ->
                                decode(
                                        "{'cniVersion': '2.0.0', 'cniVersions': ['3.0.0'], 'type': 'a'}",
                                        "a")))
                .isEqualTo(
                        "1 none of the cniVersions 2.0.0, 3.0.0 is spoken here: use one of 0.3.1, 0.4.0, 1.0.0, 1.1.0");
        assertThat(refusal(() -> decode("{'type': 'a'}", "a")))
                .startsWith("1 cniVersion is missing, which means \"0.1.0\"");
    }

    @Test
    @DisplayName("row 24: a network that has no name and is given none is refused")
    void aNetworkThatHasNoNameAndIsGivenNoneIsRefused() {
        assertThat(refusal(() -> decode("{'cniVersion': '1.1.0', 'type': 'a'}", "")))
                .isEqualTo("7 it, key \"name\": it is missing");
    }

    private static NetworkConfigList decode(String text, String defaultName) {
        return NetworkConfigDecoder.decode("it", json(text), defaultName);
    }
}
